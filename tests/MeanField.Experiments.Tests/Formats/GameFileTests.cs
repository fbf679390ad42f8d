using System.Text;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Tests.Formats;

public sealed class GameFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_and_values_are_read_as_they_stand()
    {
        var file = Read(
            """
            # an office
            game: crowd-grid
            slip: 0.25      # a comment
            moves: 8
            congestion-form: "log"
            targets: 0,1
            """
        );
        Assert.Equal("crowd-grid", file.Definition.Name);
        Assert.Equal("slip=0.25 moves=8 congestion-form=log targets=0,1", Texts(file));
    }

    [Fact]
    public void A_layout_is_one_text_however_it_is_written()
    {
        string[] forms =
        [
            "layout: |\n  ..\n  #P\n",
            "layout: |-\n  ..\n  #P\n",
            "layout: |\n\n  ..\n  #P\n\n",
            "layout: \"../#P\"\n",
            "layout: '../#P'\r\n",
            "\"layout\": |\r\n  ..\r\n  #P",
        ];
        Assert.All(forms, form => Assert.Equal("layout=../#P", Texts(Read("game: crowd-grid\n" + form))));
    }

    [Fact]
    public void Comments_after_a_layout_are_comments() =>
        Assert.Equal(
            "layout=##/.P slip=0.2",
            Texts(Read("game: crowd-grid\nlayout: |\n  ##\n  .P\n # the last row, #2\n#####\nslip: 0.2\n  ##\n"))
        );

    [Fact]
    public void A_list_of_targets_is_joined() =>
        Assert.Equal("targets=3,4;5,6", Texts(Read("targets:\n  - 3,4\n  - \"5,6\"\ngame: crowd-grid\n")));

    [Fact]
    public void A_map_is_looked_for_beside_the_game_file()
    {
        _folder.Write("hall.map", "type octile\nheight 1\nwidth 3\nmap\n.@.\n");
        Assert.Equal("layout=.#. targets=auto", Texts(Read("game: crowd-grid\nmap: hall.map\n")));
        Assert.Equal("layout=.#. targets=0,2", Texts(Read("game: crowd-grid\nmap: hall.map\ntargets: 0,2\n")));
    }

    [Theory]
    [InlineData("", "the file has no content; allowed: lines of KEY: VALUE, beginning with 'game: NAME'")]
    [InlineData("# nothing\n", "the file has no content")]
    [InlineData("hello\n", "line 1: the file is the text 'hello'; allowed: lines of KEY: VALUE")]
    [InlineData("- game\n", "line 1: the file is a list; allowed: lines of KEY: VALUE")]
    [InlineData("slip: 0.1\n", "there is no 'game' key; allowed: game: NAME with NAME one of crowd-grid")]
    [InlineData("game: crowd-gird\n", "line 1, 'game': found 'crowd-gird'; allowed: crowd-grid")]
    [InlineData("game: crowd-gird\n", "(did you mean 'crowd-grid'?)")]
    [InlineData("game: chess\n", "line 1, 'game': found 'chess'; allowed: crowd-grid")]
    [InlineData("game: [crowd-grid]\n", "line 1, 'game': found a list; allowed: crowd-grid")]
    [InlineData("game:\n", "line 1, 'game': there is no value; allowed: a text, a number, or a list of them")]
    [InlineData("game: crowd-grid\nslip: ~\n", "line 2, 'slip': there is no value")]
    [InlineData("game: crowd-grid\nslipp: 0.1\n", "line 2, 'slipp': there is no such key; allowed: layout, slip,")]
    [InlineData("game: crowd-grid\nslipp: 0.1\n", "(did you mean 'slip'?)")]
    [InlineData(
        "game: crowd-grid\nslip: 0.1\n\nslip: 0.2\n",
        "line 4, 'slip': the key is given again, first in line 2; allowed: each key once"
    )]
    [InlineData(
        "game: crowd-grid\nslip: 2\n",
        "line 2, 'slip': found '2'; allowed: a finite number of at least 0 and at most 1"
    )]
    [InlineData("game: crowd-grid\nslip: .nan\n", "line 2, 'slip': found '.nan'; allowed: a finite number")]
    [InlineData("game: crowd-grid\nslip: NaN\n", "line 2, 'slip': found 'NaN'; allowed: a finite number")]
    [InlineData(
        "game: crowd-grid\ndiscount: 1\n",
        "line 2, 'discount': found '1'; allowed: a finite number greater than 0 and less than 1"
    )]
    [InlineData("game: crowd-grid\nmoves: 6\n", "line 2, 'moves': found '6'; allowed: one of 4, 8")]
    [InlineData("game: crowd-grid\nslip: [0.1]\n", "line 2, 'slip': found a list; allowed: a finite number")]
    [InlineData(
        "game: crowd-grid\nslip:\n  value: 0.1\n",
        "line 3, 'slip': found a mapping (KEY: VALUE within a value)"
    )]
    [InlineData(
        "game: crowd-grid\ntargets: []\n",
        "line 2, 'targets': found an empty list; allowed: at least one target"
    )]
    [InlineData("game: crowd-grid\ntargets: [[3, 4]]\n", "line 2, 'targets': found a list; allowed: a text")]
    [InlineData("game: crowd-grid\n? [a]\n: b\n", "line 2: the key is a list; allowed: a name")]
    [InlineData(
        "game: crowd-grid\nslip: &a 0.1\n",
        "line 2, 'slip': found the anchor '&a'; allowed: plain values, without anchors"
    )]
    [InlineData("game: crowd-grid\nslip: *a\n", "line 2, 'slip': found the alias '*a'")]
    [InlineData("&a game: crowd-grid\n", "found the anchor '&a'")]
    [InlineData("game: crowd-grid\nslip: !!float 0.1\n", "line 2, 'slip': found the tag 'tag:yaml.org,2002:float'")]
    [InlineData("game: crowd-grid\n---\nslip: 0.1\n", "line 2: a second YAML document begins; allowed: one document")]
    [InlineData("game: crowd-grid\n slip: 0.1\n", "line 2: this is not YAML (")]
    [InlineData("game: crowd-grid\nslip: \"0.1\n", "this is not YAML (")]
    [InlineData("game: crowd-grid\nlayout: |\n  ..\n .P\n", "line 4: this is not YAML (")]
    [InlineData(
        "game: crowd-grid\nlayout: |\n   .P\n\n  #.\n",
        "line 5, 'layout': this row is indented less than the first one, which makes it a comment"
    )]
    [InlineData(
        "game: crowd-grid\nlayout:\n  #P\n  ..\n",
        "line 2, 'layout': found rows without a '|'; allowed: 'layout: |' and the rows below it"
    )]
    [InlineData(
        "game: crowd-grid\nlayout:\n  ##\n  #P\n",
        "line 2, 'layout': there is no value; allowed: a text, a number, or a list of them; '|' begins a block"
    )]
    [InlineData("game: crowd-grid\ntargets: [1,\nslip: 2\n", "line 2: this is not YAML from here on")]
    [InlineData("game: crowd-grid\nslip: ! 0.1\n", "line 2, 'slip': found the tag '!'")]
    [InlineData("game: crowd-grid\n\tslip: 0.1\n", "line 1: this is not YAML (up to line 2: ")]
    [InlineData(
        "game: crowd-grid\nlayout: |\n  ..\n  #PP\n",
        "line 2, 'layout': layout row 1 has 3 characters; allowed: 2"
    )]
    [InlineData(
        "game: crowd-grid\nlayout: |\n  .x\n",
        "line 2, 'layout': layout row 0, column 1 is 'x'; allowed: '.' free"
    )]
    [InlineData("game: crowd-grid\nlayout: \"##\"\n", "line 2, 'layout': layout has no free cell")]
    [InlineData("game: crowd-grid\nlayout: [\"..\", \".P\"]\n", "line 2, 'layout': found a list; allowed: text")]
    [InlineData(
        "game: crowd-grid\nlayout: .P\nmap: a.map\n",
        "line 3, 'map': there is also a 'layout' in line 2; allowed: 'map' or 'layout', not both"
    )]
    [InlineData("game: crowd-grid\nmap: [a.map]\n", "line 2, 'map': found a list; allowed: the name of one .map file")]
    [InlineData("game: crowd-grid\nmap: a.map\n", "a.map: was not found")]
    public void What_is_wrong_is_said_with_line_key_and_allowed_values(string text, string message)
    {
        var path = _folder.Write("broken.yaml", text);
        var error = Assert.Throws<InputFileException>(() => GameFile.Read(path));
        Assert.StartsWith(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void All_wrong_keys_and_values_are_reported_together()
    {
        var path = _folder.Write("broken.yaml", "game: crowd-grid\nslip: 7\nspeed: 3\nlayout: x\n");
        var message = Assert.Throws<InputFileException>(() => GameFile.Read(path)).Message;
        Assert.Equal(3, message.Split("; " + path).Length);
        Assert.Contains("line 2, 'slip'", message, StringComparison.Ordinal);
        Assert.Contains("line 3, 'speed'", message, StringComparison.Ordinal);
        Assert.Contains("line 4, 'layout'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("game: crowd-grid\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 40; i++)
        {
            bomb.Append("a" + i + ": &a" + i + " [" + string.Join(", ", Enumerable.Repeat("*a" + (i - 1), 9)) + "]\n");
        }

        var error = Assert.Throws<InputFileException>(() => Read(bomb.ToString()));
        Assert.Contains("line 2, 'a0': found the anchor '&a0'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    public void Deep_nesting_is_refused_at_once(char bracket)
    {
        var nested = bracket == '-' ? string.Concat(Enumerable.Repeat("- ", 100_000)) : new string(bracket, 100_000);
        Assert.Throws<InputFileException>(() => Read("game: crowd-grid\ntargets:\n  " + nested));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_line()
    {
        var path = _folder.Write("broken.yaml", [.. "game: crowd-grid\nslip: "u8, 0xFF, 0xFE, (byte)'\n']);
        var error = Assert.Throws<InputFileException>(() => GameFile.Read(path));
        Assert.Contains(
            "line 2: bytes that are not UTF-8 text; allowed: UTF-8 text",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Random_damage_never_gives_anything_but_a_game_or_a_clear_error()
    {
        const string Text =
            "# c\ngame: crowd-grid\nlayout: |\n  ..#\n  #.P\ntargets: [\"0,0\", '1,1']\nslip: 0.1 # x\n";
        const string Alphabet = "\n\r\t :-#'\"|>[]{}&*!%@`,?~.P\\0a\u0000\u0085\uFEFF\u2028";
        var random = new Random(42);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = new StringBuilder(Text);
            for (var edit = random.Next(1, 4); edit > 0; edit--)
            {
                var character = Alphabet[random.Next(Alphabet.Length)];
                var position = random.Next(damaged.Length);
                _ =
                    random.Next(2) == 0
                        ? damaged.Insert(position, character)
                        : damaged.Replace(damaged[position], character, position, 1);
            }

            try
            {
                Assert.Equal("crowd-grid", Read(damaged.ToString()).Definition.Name);
            }
            catch (InputFileException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.Contains("allowed: ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private GameFile Read(string text) => GameFile.Read(_folder.Write("game.yaml", text));

    private static string Texts(GameFile file) =>
        string.Join(' ', file.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
}
