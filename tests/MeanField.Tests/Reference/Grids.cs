using System.Globalization;
using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Tests.Reference;

/// <summary>Crowd grids by their parameters.</summary>
internal static class Grids
{
    /// <summary>The two layouts whose equilibria are printed in the project's definitions.</summary>
    public const string Empty = "...../...../...../...../....P";
    public const string Walls = "...../.##../...#./.#.../....P";

    /// <summary>A hall with two exits, in which trust-region steps alone get stuck where little slips.</summary>
    public const string Hall = "P......./..####../..#..#../.......P";

    public static CrowdGrid Crowd(params (string Name, object Value)[] parameters) =>
        (CrowdGrid)
            CrowdGrid.Definition.Create(
                ParameterValues.Create(
                    "game crowd-grid",
                    CrowdGrid.Definition.Parameters,
                    parameters.Select(p =>
                        KeyValuePair.Create(p.Name, string.Create(CultureInfo.InvariantCulture, $"{p.Value}"))
                    )
                )
            );

    public static TabularGame Tabulated(string layout, params (string Name, object Value)[] parameters) =>
        TabularGame.Create(Crowd([("layout", layout), .. parameters]));

    /// <summary>An empty square with the target in its last cell.</summary>
    public static TabularGame Square(int side, params (string Name, object Value)[] parameters)
    {
        var rows = Enumerable.Repeat(new string('.', side), side - 1);
        return Tabulated(string.Join('/', [.. rows, new string('.', side - 1) + "P"]), parameters);
    }

    /// <summary>Square rooms in a square, each with a door to its neighbours, the target in the last cell.</summary>
    public static string Rooms(int rooms, int size)
    {
        var side = (rooms * (size + 1)) - 1;
        bool IsWall(int i) => i % (size + 1) == size;
        bool IsDoor(int i) => i % (size + 1) == size / 2;
        var rows = Enumerable
            .Range(0, side)
            .Select(row =>
                string.Concat(
                    Enumerable
                        .Range(0, side)
                        .Select(column =>
                            IsWall(row) ? (IsDoor(column) ? '.' : '#')
                            : IsWall(column) ? (IsDoor(row) ? '.' : '#')
                            : row == side - 1 && column == side - 1 ? 'P'
                            : '.'
                        )
                )
            );
        return string.Join('/', rows);
    }

    public static double[] Uniform(IMeanFieldGame game) =>
        [.. Enumerable.Repeat(1.0 / game.StateCount, game.StateCount)];
}
