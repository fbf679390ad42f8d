using System.Globalization;

namespace MeanField.Experiments.Reports;

/// <summary>A colour of a palette image, in sRGB.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
/// <param name="Opacity">0 transparent to 255 opaque.</param>
internal readonly record struct PaletteColor(byte Red, byte Green, byte Blue, byte Opacity = byte.MaxValue)
{
    /// <summary>The colour as <c>#rrggbb</c>, opacity left out.</summary>
    public string Hexadecimal => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");
}
