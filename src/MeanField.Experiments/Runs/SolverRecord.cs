using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>The solver of a run.</summary>
/// <param name="Name">The catalogue name.</param>
/// <param name="Options">Every option, defaults included, as canonical text in catalogue order.</param>
public sealed record SolverRecord(string Name, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    /// <summary>Records a solver with its checked options.</summary>
    public static SolverRecord Create(SolverDefinition definition, ParameterValues options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        return new SolverRecord(definition.Name, [.. options.InOrder()]);
    }
}
