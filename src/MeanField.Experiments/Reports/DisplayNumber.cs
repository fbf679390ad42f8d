using System.Globalization;
using MeanField.Numerics;

namespace MeanField.Experiments.Reports;

/// <summary>Numbers as text for people: <c>0.0387</c>, <c>2.5 × 10⁻⁹</c>, <c>46 880</c>. Ends of proved intervals are rounded
/// outwards, so that what is printed is proved as well.</summary>
internal static class DisplayNumber
{
    private const int LongestDigits = 8;
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private enum Rounding
    {
        Nearest,
        Up,
        Down,
    }

    /// <summary>The nearest decimal with this many significant digits.</summary>
    public static string Nearest(double value, int digits = 4) => Format(value, digits, Rounding.Nearest);

    /// <summary>A decimal that is not less than the value.</summary>
    public static string NotLess(double value, int digits = 4) => Format(value, digits, Rounding.Up);

    /// <summary>An interval that contains the given one, with as many digits as its width deserves.</summary>
    public static string Enclosure(Interval interval)
    {
        var digits = 4;
        if (interval.Width > 0 && double.IsFinite(interval.Width))
        {
            var largest = Math.Max(Math.Abs(interval.Lower), Math.Abs(interval.Upper));
            digits = Math.Clamp(2 + (int)Math.Ceiling(Math.Log10(largest / interval.Width)), digits, LongestDigits);
        }

        return $"[{Format(interval.Lower, digits, Rounding.Down)}, {Format(interval.Upper, digits, Rounding.Up)}]";
    }

    /// <summary>A whole number with its digits in groups of three when it has more than four.</summary>
    public static string Count(long number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return number is > -10_000 and < 10_000 ? text : number.ToString("#,0", GroupedBySpace);
    }

    /// <summary>A duration with its unit.</summary>
    public static string Seconds(double seconds) =>
        seconds switch
        {
            >= 0 and < 0.1 => $"{Nearest(seconds * 1000, 3)} ms",
            >= 100 and < 1e15 => $"{Count((long)Math.Round(seconds))} s",
            _ => $"{Nearest(seconds, 3)} s",
        };

    /// <summary>10 to a power: <c>10⁻⁹</c>, but <c>1</c> and <c>10</c>.</summary>
    public static string PowerOfTen(int exponent)
    {
        if (exponent is 0 or 1)
        {
            return exponent == 0 ? "1" : "10";
        }

        var sign = exponent < 0 ? "⁻" : "";
        var digits = Math.Abs(exponent)
            .ToString(CultureInfo.InvariantCulture)
            .Select(digit => Superscripts[digit - '0']);
        return $"10{sign}{string.Concat(digits)}";
    }

    private static NumberFormatInfo GroupedBySpace { get; } = new() { NumberGroupSeparator = "\u202F" };

    private static string Format(double value, int digits, Rounding rounding)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "not a number"
                : value > 0 ? "∞"
                : "−∞";
        }

        if (value == 0)
        {
            return "0";
        }

        var size = Math.Abs(value);
        var awayFromZero = (rounding == Rounding.Up) == (value > 0);
        var text = size.ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        var rounded = double.Parse(text, CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = long.Parse(
            text[..split].Replace(".", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
        var exponent = int.Parse(text[(split + 1)..], CultureInfo.InvariantCulture);
        if (rounding != Rounding.Nearest && awayFromZero && rounded < size)
        {
            mantissa++;
        }
        else if (rounding != Rounding.Nearest && !awayFromZero && rounded > size)
        {
            mantissa--;
        }

        // One step up from 9.99 or down from 1.00 changes the number of digits.
        var digitText = mantissa.ToString(CultureInfo.InvariantCulture);
        exponent += digitText.Length - digits;
        return (value < 0 ? "−" : "") + Layout(digitText.TrimEnd('0'), exponent);
    }

    private static string Layout(string digits, int exponent)
    {
        if (exponent is < -4 or >= 6)
        {
            var power = PowerOfTen(exponent);
            return digits switch
            {
                "1" => power,
                { Length: 1 } => $"{digits}\u00A0×\u00A0{power}",
                _ => $"{digits[..1]}.{digits[1..]}\u00A0×\u00A0{power}",
            };
        }

        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0')
            : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
