using System.Globalization;
using System.Text.Json;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Runs;

/// <summary>A JSON value together with where it stands, so that whatever is wrong with it can be said in full.</summary>
internal readonly struct JsonPlace(string file, string path, JsonElement element)
{
    public string Path => path;

    public JsonPlace this[string name]
    {
        get
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw Refused("an object");
            }

            var inner = path.Length == 0 ? name : $"{path}.{name}";
            return element.TryGetProperty(name, out var value)
                ? new JsonPlace(file, inner, value)
                : throw InputFileException.At(file, "is missing", "every field that a run has", key: inner);
        }
    }

    public IEnumerable<string> Names =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().Select(property => property.Name)
            : throw Refused("an object");

    public IEnumerable<JsonPlace> Items
    {
        get
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                throw Refused("an array");
            }

            var (inFile, at) = (file, path);
            return element.EnumerateArray().Select((item, index) => new JsonPlace(inFile, $"{at}[{index}]", item));
        }
    }

    public string Text()
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Refused("a text");
        }
        catch (InvalidOperationException)
        {
            throw Refused("a text of whole characters");
        }
    }

    public string Hash()
    {
        var text = Text();
        return text.Length == 64 && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw Refused("64 lower-case hexadecimal digits");
    }

    public double Number(double minimum = double.NegativeInfinity)
    {
        return
            element.ValueKind == JsonValueKind.Number
            && element.TryGetDouble(out var value)
            && double.IsFinite(value)
            && value >= minimum
            ? value
            : throw Refused("a finite number" + AtLeast(minimum));
    }

    /// <summary>A number, or null, which stands for positive infinity.</summary>
    public double NumberOrNull(double minimum) =>
        element.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : Number(minimum);

    public int Integer(int minimum = 0, int maximum = int.MaxValue) => (int)Long(minimum, maximum);

    public long Long(long minimum = 0, long maximum = long.MaxValue) =>
        element.ValueKind == JsonValueKind.Number
        && element.TryGetInt64(out var value)
        && value >= minimum
        && value <= maximum
            ? value
            : throw Refused(string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"));

    public bool IsNull => element.ValueKind == JsonValueKind.Null;

    public bool IsText => element.ValueKind == JsonValueKind.String;

    /// <summary>The characters of a number, true or false, unchanged.</summary>
    public string Raw() =>
        element.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? element.GetRawText()
            : throw Refused("a number, true or false");

    public InputFileException Refused(string allowed) =>
        InputFileException.At(file, $"found {Excerpt.Plain(element.GetRawText())}", allowed, key: path);

    private static string AtLeast(double minimum) =>
        double.IsNegativeInfinity(minimum)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" of at least {minimum}");
}
