using System.Text;
using System.Text.Json;
using MeanField.Catalogue;
using MeanField.Equilibrium;
using MeanField.Experiments.Formats;
using MeanField.Numerics;
using MeanField.Parameters;
using MeanField.Sampling;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>Reads run.json. It accepts exactly the text that <see cref="RunJsonWriter"/> gives for some record and some digest.</summary>
internal static class RunJsonReader
{
    private const int MaximumBytes = 1 << 26;

    /// <summary>Reads a record and the digest that stands in the file, which may be a wrong one.</summary>
    /// <exception cref="InputFileException">The file cannot be read or is no run record.</exception>
    public static (RunRecord Record, string Digest) Read(string path)
    {
        var text = InputFile.ReadAllText(path, MaximumBytes);
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = new JsonPlace(path, "", document.RootElement);
            var record = ReadRecord(root);
            var digest = root["digest"].Hash();
            RefuseOtherText(path, text, Encoding.UTF8.GetString(RunJsonWriter.Render(record, digest)));
            return (record, digest);
        }
        catch (JsonException e)
        {
            throw InputFileException.At(path, "this is not JSON", "a run record", e.LineNumber + 1, cause: e);
        }
    }

    private static RunRecord ReadRecord(JsonPlace root)
    {
        var format = root["format"];
        return new RunRecord
        {
            Format =
                format.Integer() == RunRecord.CurrentFormat
                    ? RunRecord.CurrentFormat
                    : throw format.Refused($"{RunRecord.CurrentFormat}, the format this version reads"),
            Status = ReadStatus(root["status"]),
            Explanation = root["explanation"].Text(),
            Iterations = root["iterations"].Integer(),
            BestIteration = root["bestIteration"].Integer(),
            SolveSeconds = root["solveSeconds"].Number(0),
            CertifySeconds = root["certifySeconds"].Number(0),
            Seed = root["seed"].Long(long.MinValue),
            Threads = root["threads"].Integer(1, RunRecord.MaximumThreads),
            Version = root["version"].Text(),
            Game = ReadGame(root["game"]),
            Solver = ReadSolver(root["solver"]),
            Certificate = ReadCertificate(root["certificate"]),
            LastCertificate = ReadCertificate(root["lastCertificate"]),
            Mixture = ReadMixture(root["mixture"]),
            Equilibria = [.. root["equilibria"].Items.Select(ReadCertificate)],
            Samples = ReadSamples(root["samples"]),
            SamplingPlan = root["samples"]["plan"].Text(),
            Reference = root["reference"].IsNull ? null : root["reference"].Hash(),
            Host = new HostRecord(
                root["host"]["operatingSystem"].Text(),
                root["host"]["runtime"].Text(),
                root["host"]["processors"].Integer(1)
            ),
            Files = ReadFiles(root["files"]),
        };
    }

    private static SolveStatus ReadStatus(JsonPlace place)
    {
        var text = place.Text();
        foreach (var status in Enum.GetValues<SolveStatus>())
        {
            if (status.Text() == text)
            {
                return status;
            }
        }

        throw place.Refused(
            "one of " + string.Join(", ", Enum.GetValues<SolveStatus>().Select(status => status.Text()))
        );
    }

    private static GameRecord ReadGame(JsonPlace place)
    {
        var name = place["name"].Text();
        var definition =
            GameCatalogue.Find(name)
            ?? throw place["name"].Refused("one of " + string.Join(", ", GameCatalogue.All.Select(game => game.Name)));
        return new GameRecord(
            name,
            ReadValues(place["parameters"], definition.Parameters),
            place["states"].Integer(1),
            place["pairs"].Integer(1),
            place["droppedCells"].Integer(),
            place["hash"].Hash()
        );
    }

    /// <summary>Reads the solver of a run.</summary>
    public static SolverRecord ReadSolver(JsonPlace place)
    {
        var name = place["name"].Text();
        var definition =
            SolverCatalogue.Find(name)
            ?? throw place["name"]
                .Refused("one of " + string.Join(", ", SolverCatalogue.All.Select(solver => solver.Name)));
        return new SolverRecord(name, ReadValues(place["options"], definition.Options));
    }

    /// <summary>Reads a value for each description.</summary>
    public static KeyValuePair<string, string>[] ReadValues(
        JsonPlace place,
        IReadOnlyList<ParameterDescription> descriptions
    ) =>
        [
            .. descriptions.Select(description => new KeyValuePair<string, string>(
                description.Name,
                ReadValue(place, description)
            )),
        ];

    private static string ReadValue(JsonPlace place, ParameterDescription description)
    {
        var value = place[description.Name];
        var isText = RunJsonWriter.IsJsonText(description, value.IsText ? value.Text() : "");
        var text = isText ? value.Text() : value.Raw();
        try
        {
            ParameterValues.Create(value.Path, [description], [new(description.Name, text)]);
            return text;
        }
        catch (ParameterException)
        {
            throw value.Refused(description.Allowed);
        }
    }

    private static Certificate ReadCertificate(JsonPlace place) =>
        new()
        {
            Exploitability = ReadInterval(place["exploitability"]),
            RegularizedExploitability = ReadInterval(place["regularizedExploitability"]),
            Temperature = place["regularizedExploitability"]["temperature"].Number(0),
            StationarityResidual = place["stationarityResidual"].Number(0),
            RecurrentClasses = place["recurrentClasses"].Integer(1),
            EntropyBiasBound = place["entropyBiasBound"].Number(0),
            RoundingSlack = place["roundingSlack"].NumberOrNull(0),
        };

    private static MixtureRecord? ReadMixture(JsonPlace place) =>
        place.IsNull
            ? null
            : new MixtureRecord(
                place["members"].Integer(1),
                place["value"].Number(),
                place["regularizedValue"].Number(),
                ReadInterval(place["exploitability"]),
                ReadInterval(place["regularizedExploitability"]),
                ReadCertificate(place["markovCertificate"])
            );

    private static Interval ReadInterval(JsonPlace place)
    {
        var lower = place["lower"].Number(0);
        return new Interval(lower, place["upper"].NumberOrNull(lower));
    }

    private static SampleAccount ReadSamples(JsonPlace place) =>
        new(ReadCalls(place["stateDrawing"]), ReadCalls(place["rollout"]), ReadCalls(place["population"]));

    private static long ReadCalls(JsonPlace place) => place.Long(0, SampleAccount.LargestPart);

    private static SortedDictionary<string, string> ReadFiles(JsonPlace place)
    {
        string[] allowed = [.. RunFiles.AlwaysListed, .. RunFiles.SometimesListed];
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in place.Names)
        {
            files[name] = allowed.Contains(name)
                ? place[name].Hash()
                : throw place[name].Refused("a hash only of " + string.Join(", ", allowed));
        }

        return files;
    }

    private static void RefuseOtherText(string path, string found, string expected)
    {
        if (found == expected)
        {
            return;
        }

        var foundLines = found.Split('\n');
        var expectedLines = expected.Split('\n');
        var line = foundLines.Zip(expectedLines).TakeWhile(pair => pair.First == pair.Second).Count();
        throw InputFileException.At(
            path,
            line < foundLines.Length ? $"found {Excerpt.Quoted(foundLines[line])}" : "the file ends",
            line < expectedLines.Length ? $"exactly {Excerpt.Quoted(expectedLines[line])}" : "the end of the file",
            line + 1
        );
    }
}
