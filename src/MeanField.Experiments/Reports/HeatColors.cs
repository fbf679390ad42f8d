namespace MeanField.Experiments.Reports;

/// <summary>The colour scale of heat maps: viridis (S. van der Walt and N. Smith, released under CC0), dark for little and bright
/// for much, even in brightness, readable with every common colour blindness and in grey print.</summary>
internal static class HeatColors
{
    /// <summary>The number of colours. Few enough that a noisy picture still compresses, many enough that no step is seen.</summary>
    public const int Levels = 64;

    private static readonly PaletteColor[] Anchors =
    [
        new(68, 1, 84),
        new(71, 44, 122),
        new(59, 81, 139),
        new(44, 113, 142),
        new(33, 144, 141),
        new(39, 173, 129),
        new(92, 200, 99),
        new(170, 220, 50),
        new(253, 231, 37),
    ];

    /// <summary>All colours, from little to much.</summary>
    public static IReadOnlyList<PaletteColor> Scale { get; } = [.. Enumerable.Range(0, Levels).Select(Interpolate)];

    /// <summary>The level of a position on the scale.</summary>
    /// <param name="position">0 to 1.</param>
    public static int Level(double position) => Math.Clamp((int)(position * Levels), 0, Levels - 1);

    /// <summary>Whether white text is better read on a level than black text.</summary>
    public static bool IsDark(int level) => level < Levels * 0.6;

    private static PaletteColor Interpolate(int level)
    {
        var place = (double)level / (Levels - 1) * (Anchors.Length - 1);
        var below = Math.Min((int)place, Anchors.Length - 2);
        var part = place - below;
        var (from, to) = (Anchors[below], Anchors[below + 1]);
        return new PaletteColor(Mix(from.Red, to.Red), Mix(from.Green, to.Green), Mix(from.Blue, to.Blue));

        byte Mix(byte a, byte b) => (byte)Math.Round(a + (part * (b - a)));
    }
}
