using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Tests.Formats;

public sealed class MovingAiMapTests : IDisposable
{
    private const string Small = "type octile\nheight 2\nwidth 7\nmap\n.GS@OTW\nW.@....\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Free_and_blocked_characters_are_those_of_the_format() => Assert.Equal("...####/#.#....", Layout(Small));

    [Fact]
    public void Targets_are_automatic() =>
        Assert.Equal(
            "layout=...####/#.#.... targets=auto",
            string.Join(' ', Read(Small).Select(p => $"{p.Key}={p.Value}"))
        );

    [Fact]
    public void Line_ends_a_byte_order_mark_and_empty_lines_at_the_end_do_not_matter()
    {
        var layout = Layout(Small);
        Assert.Equal(layout, Layout(Small.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(layout, Layout(Small.TrimEnd()));
        Assert.Equal(layout, Layout("\uFEFF" + Small));
        Assert.Equal(layout, Layout(Small + "\n\r\n  \n"));
    }

    [Fact]
    public void The_layout_is_one_that_the_crowd_grid_reads()
    {
        var layout = GridLayout.Parse(Layout(Small));
        Assert.Equal((2, 7), (layout.Rows, layout.Columns));
        Assert.True(layout.IsFree(new GridCell(0, 2)));
        Assert.False(layout.IsFree(new GridCell(1, 0)));
    }

    [Theory]
    [InlineData("", "the file is empty; allowed: an octile map")]
    [InlineData("\n", "line 1: found ''; allowed: the line 'type octile'")]
    [InlineData("type tile\n", "line 1: found 'type tile'; allowed: the line 'type octile'")]
    [InlineData("type octile", "line 2: the file ends; allowed: the line 'height N'")]
    [InlineData("type octile\nwidth 3\n", "line 2: found 'width 3'; allowed: the line 'height N'")]
    [InlineData("type octile\nheight\n", "line 2: found 'height'; allowed: the line 'height N'")]
    [InlineData(
        "type octile\nheight 0\n",
        "line 2: found 'height 0'; allowed: the line 'height N' with N a whole number from 1"
    )]
    [InlineData("type octile\nheight -3\n", "line 2: found 'height -3'")]
    [InlineData("type octile\nheight 1e3\n", "line 2: found 'height 1e3'")]
    [InlineData("type octile\nheight 99999999999999999999\n", "line 2: found 'height 99999999999999999999'")]
    [InlineData("type octile\nheight 2 3\n", "line 2: found 'height 2 3'")]
    [InlineData("type octile\nheight 2\nwidth x\n", "line 3: found 'width x'; allowed: the line 'width N'")]
    [InlineData("type octile\nheight 2\nwidth 3\n...\n", "line 4: found '...'; allowed: the line 'map'")]
    [InlineData(
        "type octile\nheight 2\nwidth 3\nmap\n...\n",
        "line 5: the file ends after 1 rows; allowed: 2 rows, as line 2 says"
    )]
    [InlineData(
        "type octile\nheight 1\nwidth 3\nmap\n...\n...\n",
        "line 6: found '...' after the last row; allowed: 1 rows"
    )]
    [InlineData(
        "type octile\nheight 2\nwidth 3\nmap\n...\n..\n",
        "line 6: row 1 has 2 characters; allowed: 3 characters, as line 3 says"
    )]
    [InlineData("type octile\nheight 2\nwidth 3\nmap\n...\n....\n", "line 6: row 1 has 4 characters; allowed: 3")]
    [InlineData("type octile\nheight 1\nwidth 3\nmap\n..x\n", "line 5: row 0, column 2 is 'x'; allowed: '.', 'G', 'S'")]
    [InlineData("type octile\nheight 1\nwidth 3\nmap\n. .\n", "line 5: row 0, column 1 is ' '")]
    [InlineData("type octile\nheight 1\nwidth 3\nmap\n.\u0000.\n", "line 5: row 0, column 1 is '\\u0000'")]
    [InlineData(
        "type octile\nheight 1\nwidth 3\nmap\n@TW\n",
        "the map has no free cell; allowed: at least one '.', 'G' or 'S'"
    )]
    public void What_is_wrong_is_said_with_line_and_allowed_values(string text, string message)
    {
        var path = _folder.Write("broken.map", text);
        var error = Assert.Throws<InputFileException>(() => MovingAiMap.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_huge_declared_size_costs_no_memory()
    {
        var path = _folder.Write("huge.map", "type octile\nheight 33554432\nwidth 33554432\nmap\n...\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InputFileException>(() => MovingAiMap.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Binary_garbage_gives_one_short_printable_line()
    {
        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        var error = Assert.Throws<InputFileException>(() => MovingAiMap.Read(_folder.Write("garbage.map", bytes)));
        Assert.All(error.Message, character => Assert.False(char.IsControl(character)));
        Assert.InRange(error.Message.Length, 1, 600);
    }

    [Fact]
    public void Every_cut_off_or_damaged_map_reads_or_gives_a_clear_error()
    {
        var bytes = Encoding.ASCII.GetBytes(Small);
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var damaged = bytes[..random.Next(bytes.Length)];
            if (damaged.Length > 0)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Assert.Throws<InputFileException>(() => MovingAiMap.Read(_folder.Write("damaged.map", damaged)));
        }
    }

    [Fact]
    public void Missing_files_folders_and_unreadable_files_are_told_apart()
    {
        AssertMessage(_folder.PathOf("none.map"), "was not found; allowed: a file that exists");
        AssertMessage(_folder.Path, "is a folder; allowed: a file");
        AssertMessage(_folder.PathOf("none\nsuch.map"), @"none\u000Asuch.map: was not found");
        AssertMessage("a\0b.map", "cannot be read");
    }

    [Fact]
    public void An_endless_file_is_read_only_up_to_the_limit()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero");
        AssertMessage("/dev/zero", "has more than 33554432 bytes; allowed: at most 33554432 bytes");
    }

    [Fact]
    public void A_file_that_fails_while_it_is_read_gives_a_clear_error()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "there is no /proc/self/mem");
        AssertMessage("/proc/self/mem", "cannot be read (");
    }

    private static void AssertMessage(string path, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<InputFileException>(() => MovingAiMap.Read(path)).Message,
            StringComparison.Ordinal
        );

    private string Layout(string text) => Read(text)[0].Value;

    private IReadOnlyList<KeyValuePair<string, string>> Read(string text) =>
        MovingAiMap.Read(_folder.Write("small.map", text));
}
