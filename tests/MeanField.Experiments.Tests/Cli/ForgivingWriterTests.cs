using System.Text;
using MeanField.Cli;

namespace MeanField.Experiments.Tests.Cli;

public class ForgivingWriterTests
{
    [Fact]
    public void What_can_be_written_is_written()
    {
        using var inner = new StringWriter();
        using var writer = new ForgivingWriter(inner);
        writer.Write('a');
        writer.Write("bc");
        writer.WriteLine("d");
        writer.Write($"{1}{2}");
        writer.WriteLine();
        writer.Flush();
        Assert.Equal($"abcd{Environment.NewLine}12{Environment.NewLine}", inner.ToString());
    }

    [Fact]
    public void A_stream_that_fails_costs_the_message_and_nothing_else()
    {
        using var writer = new ForgivingWriter(new BrokenWriter());
        writer.Write('a');
        writer.Write("b");
        writer.WriteLine("c");
        writer.Write(['d'], 0, 1);
        writer.WriteLine();
        writer.Flush();
    }

    private sealed class BrokenWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");
    }
}
