using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MeanField.Catalogue;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Numerics;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>The page is well-formed XML, so that a parser can say what is on it.</summary>
public class ReportPageTests
{
    [Fact]
    public void The_page_is_well_formed_and_every_picture_has_a_title()
    {
        var page = Parse(ReportSample.Run());
        Assert.Equal("html", page.Root!.Name.LocalName);
        var pictures = page.Descendants("svg").Where(svg => (string?)svg.Attribute("aria-hidden") != "true").ToArray();
        Assert.True(pictures.Length >= 3);
        foreach (var svg in pictures)
        {
            Assert.Equal("img", (string?)svg.Attribute("role"));
            foreach (var id in ((string)svg.Attribute("aria-labelledby")!).Split(' '))
            {
                Assert.False(
                    string.IsNullOrWhiteSpace(svg.Elements().Single(e => (string?)e.Attribute("id") == id).Value)
                );
            }
        }
    }

    [Fact]
    public void Identifiers_are_unique_and_references_find_them()
    {
        var page = Parse(ReportSample.Run());
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(page.Descendants().Attributes("id"), id => Assert.True(ids.Add(id.Value)));
        Assert.Empty(
            page.Descendants("use")
                .Select(use => ((string)use.Attribute("href")!)[1..])
                .Except(ids, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_table_has_a_caption_and_headers() =>
        Assert.All(
            Parse(ReportSample.Run()).Descendants("table"),
            table =>
            {
                Assert.NotNull(table.Element("caption"));
                Assert.All(table.Descendants("th"), th => Assert.NotNull(th.Attribute("scope")));
                Assert.NotEmpty(table.Element("thead")!.Descendants("th"));
            }
        );

    [Theory]
    [InlineData("...../.##../...#./.#.../....P", 30)]
    [InlineData("P...", 1)]
    public void Nothing_is_loaded_from_elsewhere(string layout, int rows)
    {
        var text = ReportPage.Render(ReportSample.Run(layout, rows));
        Assert.DoesNotMatch("(?i)https?:|//[a-z]|<script|<link|@import|@font-face|<iframe", text);
        Assert.All(
            Regex.Matches(text, "(?:src|href)=\"([^\"]*)\"").Select(m => m.Groups[1].Value),
            to => Assert.Matches("^(#|data:image/png;base64,)", to)
        );
        Assert.All(
            Regex.Matches(text, @"url\(([^)]*)\)").Select(m => m.Groups[1].Value),
            to => Assert.StartsWith("#", to, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes_under_any_culture()
    {
        var run = ReportSample.Run();
        var expected = ReportPage.Render(run);
        var before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (commas.NumberFormat.NumberDecimalSeparator, commas.NumberFormat.NegativeSign) = (",", "~");
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(expected, ReportPage.Render(run));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_converged_run_says_so_with_its_numbers()
    {
        var page = Parse(ReportSample.Run());
        Assert.Equal("Converged", page.Descendants("h2").First().Value);
        Assert.EndsWith(": converged", page.Descendants("title").First().Value, StringComparison.Ordinal);
        var facts = page.Descendants("dt")
            .ToDictionary(dt => dt.Value, dt => dt.ElementsAfterSelf("dd").First().Value, StringComparer.Ordinal);
        Assert.Equal("1.5 s", facts["Solving took"]);
        Assert.Equal("0.25 s", facts["Certifying took"]);
        Assert.Equal("29", facts["Outer iterations"]);
        Assert.Equal("21", facts["States"]);
        Assert.Equal("105", facts["State-action pairs"]);
        Assert.Equal("7", facts["Seed"]);
        Assert.Equal("2 of 4 processors", facts["Threads"]);
    }

    [Fact]
    public void Every_other_ending_says_that_it_did_not_converge()
    {
        var run = ReportSample.Run();
        foreach (var status in Enum.GetValues<SolveStatus>().Where(status => !status.IsSuccess()))
        {
            var page = Parse(run with { Record = run.Record with { Status = status, Explanation = "Why it ended." } });
            Assert.StartsWith("Not converged", page.Descendants("h2").First().Value, StringComparison.Ordinal);
            Assert.EndsWith(": not converged", page.Descendants("title").First().Value, StringComparison.Ordinal);
            Assert.Contains("Why it ended.", page.Root!.Value, StringComparison.Ordinal);
            Assert.Contains(
                "bad",
                (string)page.Descendants("section").First().Attribute("class")!,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void The_certificate_is_a_table_with_the_command_that_checks_it()
    {
        var certificate = Section(Parse(ReportSample.Run()), "certificate");
        var rows = certificate
            .Descendants("tr")
            .Where(tr => tr.Element("td") is not null && tr.Element("th") is not null)
            .ToDictionary(
                tr => tr.Element("th")!.Value.Trim(),
                tr => tr.Element("td")!.Value.Replace('\u00A0', ' '),
                StringComparer.Ordinal
            );
        Assert.Equal("[0.0386, 0.0387]", rows["Exploitability φ"]);
        Assert.Equal("[0, 4.25 × 10⁻⁹]", rows["Regularised exploitability φη at temperature η = 0.05"]);
        Assert.Equal("1", rows["Recurrent classes"]);
        Assert.Equal("≤ 0.805", rows["Entropy-bias bound η log(max A) / (1 − γ)"]);
        Assert.Equal("meanfield certify FOLDER", certificate.Descendants("code").Single().Value);
        Assert.DoesNotContain("Warning", certificate.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Any_other_number_of_recurrent_classes_than_one_is_a_warning(int classes)
    {
        var run = ReportSample.Run();
        var certificate = run.Record.Certificate with { RecurrentClasses = classes };
        var page = Parse(
            run with
            {
                Record = run.Record with { Certificate = certificate, LastCertificate = certificate },
            }
        );
        Assert.Contains(
            $"Warning. The policy has {classes} recurrent classes",
            Section(page, "certificate").Value,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_last_iterate_that_is_not_the_best_one_is_shown_beside_it()
    {
        var run = ReportSample.Run();
        var last = run.Record.Certificate with { RegularizedExploitability = new Interval(2, 2.5) };
        var page = Parse(run with { Record = run.Record with { LastCertificate = last, BestIteration = 3 } });
        Assert.Contains("[2, 2.5]", Section(page, "certificate").Value, StringComparison.Ordinal);
        Assert.Contains("Best iterate, k = 3", Section(page, "convergence").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_is_listed_and_a_changed_one_shows_its_default()
    {
        var rows = Section(Parse(ReportSample.Run("P./..", slip: "0.25")), "game")
            .Descendants("tbody")
            .Single()
            .Elements("tr")
            .ToArray();
        Assert.Equal(CrowdGrid.Definition.Parameters.Count, rows.Length);
        Assert.Equal("0.25", rows[1].Element("td")!.Value);
        Assert.Contains("(default 0.1)", rows[1].Element("th")!.Value, StringComparison.Ordinal);
        Assert.All(
            rows[2..],
            row => Assert.DoesNotContain("(default", row.Element("th")!.Value, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_number_written_another_way_is_not_a_changed_setting()
    {
        var run = ReportSample.Run();
        var tolerance = SolverCatalogue.Find("mf-trpo")!.Options.Single(option => option.Name == "tolerance").Default!;
        var written = double.Parse(tolerance, CultureInfo.InvariantCulture)
            .ToString("F12", CultureInfo.InvariantCulture);
        var solver = new SolverRecord("mf-trpo", [new("tolerance", written)]);
        var text = Section(Parse(run with { Record = run.Record with { Solver = solver } }), "solver").Value;
        Assert.Contains(written, text, StringComparison.Ordinal);
        Assert.DoesNotContain("(default", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        const string Hostile = "<script>alert('x')</script>\"&\0\u202e";
        var run = ReportSample.Run();
        var record = run.Record with
        {
            Explanation = Hostile,
            Version = Hostile,
            Game = run.Record.Game with { Name = Hostile, Hash = Hostile, Parameters = [new(Hostile, Hostile)] },
            Solver = new SolverRecord(Hostile, [new(Hostile, Hostile)]),
            Host = new HostRecord(Hostile, Hostile, 1),
        };
        var page = Parse(run with { Record = record });
        Assert.Empty(page.Descendants("script"));
        Assert.Contains("<script>alert('x')</script>\"&\uFFFD\uFFFD", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_an_unknown_game_shows_the_largest_masses_by_number()
    {
        var run = ReportSample.Run();
        var record = run.Record with { Game = run.Record.Game with { Name = "beach-bar" } };
        double[] masses = [.. Enumerable.Range(0, 21).Select(state => state == 4 ? 0.6 : 0.02)];
        var figure = Section(Parse(run with { Record = record, MeanField = masses }), "mean-field");
        var first = figure.Descendants("tbody").Single().Elements("tr").First();
        Assert.Equal("state 4", first.Element("th")!.Value);
        Assert.Equal("0.6", first.Element("td")!.Value);
    }

    [Theory]
    [InlineData("layout", "..x../....P", 105)]
    [InlineData("slip", "0.1", 104)]
    [InlineData("layout", "..P", 105)]
    public void A_run_whose_game_has_changed_is_still_readable(string parameter, string value, int pairs)
    {
        var run = ReportSample.Run();
        IReadOnlyList<KeyValuePair<string, string>> parameters = [.. run.Record.Game.Parameters, new(parameter, value)];
        var record = run.Record with { Game = run.Record.Game with { Parameters = parameters } };
        var page = Parse(run with { Record = record, Policy = new double[pairs] });
        Assert.Contains(
            "cannot create the game of this run again",
            Section(page, "mean-field").Value,
            StringComparison.Ordinal
        );
    }

    private static XElement Section(XDocument page, string id) =>
        page.Descendants().Single(e => (string?)e.Attribute("id") == id);

    private static XDocument Parse(StoredRun run) => XDocument.Parse(ReportPage.Render(run));
}
