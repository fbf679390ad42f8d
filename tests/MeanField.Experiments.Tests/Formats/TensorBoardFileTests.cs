using System.Text;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Tests.Formats;

/// <summary>Event files are read back by a second reader.</summary>
public class TensorBoardFileTests
{
    [Fact]
    public void A_file_begins_with_its_version_and_holds_every_step()
    {
        var events = TensorBoardReader.Read(Written());
        Assert.Equal(3, events.Count);
        Assert.Equal((1_700_000_000.25, "brain.Event:2"), (events[0].Time, events[0].Version));
        Assert.Equal((1_700_000_001, 0), (events[1].Time, events[1].Step));
        Assert.Equal([new("a/first", 0.5f), new("second", -3e-7f)], events[1].Values);
        Assert.Equal(5_000_000_000, events[2].Step);
        Assert.Equal([new("a/first", float.PositiveInfinity)], events[2].Values);
    }

    // RFC 3720, appendix B.4.
    [Fact]
    public void The_second_readers_checksum_is_that_of_the_standard()
    {
        Assert.Equal(0xE3069283, TensorBoardReader.Checksum(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AA, TensorBoardReader.Checksum(new byte[32]));
    }

    [Fact]
    public void A_negative_step_is_refused()
    {
        using var file = new TensorBoardFile(new MemoryStream(), 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Write(0, -1, []));
    }

    private static byte[] Written()
    {
        var stream = new MemoryStream();
        using (var file = new TensorBoardFile(stream, 1_700_000_000.25))
        {
            file.Write(1_700_000_001, 0, [new("a/first", 0.5), new("second", -3e-7)]);
            file.Write(1_700_000_002, 5_000_000_000, [new("a/first", 1e300)]);
        }

        return stream.ToArray();
    }
}
