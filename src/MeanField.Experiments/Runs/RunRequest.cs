using System.Text.Json;
using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Parameters;

namespace MeanField.Experiments.Runs;

/// <summary>What a run was asked to do: enough to begin it again, or to go on with it. A run folder holds it as <c>request.json</c> from the moment the
/// solve begins until it has converged. Immutable.</summary>
/// <param name="Game">The game.</param>
/// <param name="Solver">The solver and its options.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Threads">Worker threads, 1 to 256.</param>
public sealed record RunRequest(GameSpec Game, SolverRecord Solver, long Seed, int Threads)
{
    private const int Format = 1;
    private const int MaximumBytes = 1 << 26;

    /// <summary>The run that the trace measures distances to, or <see langword="null"/> for none.</summary>
    public RequestedReference? Reference { get; init; }

    /// <summary>Reads what the run in a folder was asked to do, from its request.json, or from its run.json where there is no other.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InputFileException">There is no such folder, or it holds no readable run.</exception>
    public static RunRequest Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var record = StoredRun.RecordPath(folder);
        var request = Path.Combine(folder, RunFiles.Request);
        if (File.Exists(request))
        {
            return ReadFile(request);
        }

        if (!File.Exists(record))
        {
            throw InputFileException.At(
                folder,
                $"holds neither {RunFiles.Request} nor {RunFiles.Record}",
                "the folder of a run that was begun"
            );
        }

        var run = RunJsonReader.Read(record).Record;
        return new RunRequest(
            Spec(record, run.Game.Name, run.Game.Parameters, run.Game.Hash),
            run.Solver,
            run.Seed,
            run.Threads
        );
    }

    /// <summary>Reads a request.json.</summary>
    /// <exception cref="InputFileException">The file cannot be read or is none.</exception>
    internal static RunRequest ReadFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.ReadAllText(path, MaximumBytes));
            var root = new JsonPlace(path, "", document.RootElement);
            var format = root["format"];
            _ = format.Integer() == Format ? 0 : throw format.Refused("1, the format this version reads");
            var game = root["game"];
            var definition =
                GameCatalogue.Find(game["name"].Text())
                ?? throw game["name"]
                    .Refused("one of " + string.Join(", ", GameCatalogue.All.Select(known => known.Name)));
            var parameters = RunJsonReader.ReadValues(game["parameters"], definition.Parameters);
            return new RunRequest(
                Spec(path, definition.Name, parameters, game["hash"].Hash()),
                RunJsonReader.ReadSolver(root["solver"]),
                root["seed"].Long(long.MinValue),
                root["threads"].Integer(1, RunRecord.MaximumThreads)
            )
            {
                Reference = root["reference"] is { IsNull: false } reference
                    ? new RequestedReference(reference["folder"].Text(), reference["hash"].Hash())
                    : null,
            };
        }
        catch (JsonException e)
        {
            throw InputFileException.At(path, "this is not JSON", "a run request", e.LineNumber + 1, cause: e);
        }
    }

    /// <summary>The text of request.json.</summary>
    internal byte[] Render()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, RunJsonWriter.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("version", RunRecord.CurrentVersion);
            json.WriteStartObject("game");
            json.WriteString("name", Game.Definition.Name);
            RunJsonWriter.WriteValues(json, "parameters", Game.Definition.Parameters, [.. Game.Values.InOrder()]);
            json.WriteString("hash", Game.Hash);
            json.WriteEndObject();
            RunJsonWriter.WriteSolver(json, Solver);
            json.WriteNumber("seed", Seed);
            json.WriteNumber("threads", Threads);
            if (Reference is { } reference)
            {
                json.WriteStartObject("reference");
                json.WriteString("folder", reference.Folder);
                json.WriteString("hash", reference.Hash);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("reference");
            }

            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), .. "\n"u8];
    }

    private static GameSpec Spec(
        string path,
        string name,
        IEnumerable<KeyValuePair<string, string>> parameters,
        string hash
    )
    {
        var definition = GameCatalogue.Find(name)!;
        var spec = new GameSpec(definition, ParameterValues.Create($"game {name}", definition.Parameters, parameters));
        return spec.Hash == hash
            ? spec
            : throw InputFileException.At(
                path,
                $"found {hash}",
                $"{spec.Hash}, the hash of the parameters",
                key: "game.hash"
            );
    }
}
