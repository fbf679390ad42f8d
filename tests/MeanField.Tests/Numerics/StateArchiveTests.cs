using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

public class StateArchiveTests
{
    [Fact]
    public void What_was_written_is_read_to_the_bit()
    {
        double[] numbers = [0.1, -0.0, double.NaN, double.NegativeInfinity, double.Epsilon];
        var written = StateArchive.ForWriting();
        Exchange(written, numbers, 7, [1, -2], isOn: true);

        var read = new double[numbers.Length];
        var archive = StateArchive.ForReading(written.Written.Span);
        var (count, list, isOn) = Exchange(archive, read, 0, [], isOn: false);
        archive.End();

        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), read.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal((7, true), (count, isOn));
        Assert.Equal([1L, -2L], list);
    }

    [Fact]
    public void An_archive_that_ends_early_or_late_is_refused_wherever_that_is()
    {
        var written = StateArchive.ForWriting();
        Exchange(written, [1, 2], 7, [1], isOn: true);
        var bytes = written.Written.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            var archive = StateArchive.ForReading(bytes.AsSpan(0, length));
            Assert.Throws<InvalidDataException>(() => Exchange(archive, new double[2], 0, [], isOn: false));
        }

        var longer = StateArchive.ForReading([.. bytes, 0]);
        Exchange(longer, new double[2], 0, [], isOn: false);
        Assert.Throws<InvalidDataException>(longer.End);
    }

    [Fact]
    public void Other_names_types_lengths_and_constants_are_refused_by_name()
    {
        var written = StateArchive.ForWriting();
        written.Numbers("numbers", new double[] { 1, 2 }.AsSpan());
        Assert.Contains("found numbers:Double", Refusal(written, a => a.Value("count", 0)), StringComparison.Ordinal);
        Assert.Contains("numbers:Int64", Refusal(written, a => a.Value("numbers", 0L)), StringComparison.Ordinal);
        Assert.Contains(
            "numbers has 2 numbers; allowed: 3",
            Refusal(written, a => a.Numbers("numbers", new double[3].AsSpan())),
            StringComparison.Ordinal
        );

        Assert.Contains(
            "numbers has 2 numbers; allowed: 1",
            Refusal(written, a => a.Numbers("numbers", new double[1].AsSpan())),
            StringComparison.Ordinal
        );

        written.Rewind();
        written.Constant("solver", "MfTrpo");
        Assert.Contains(
            "solver is MfTrpo; allowed: SemiSgd",
            Refusal(written, a => a.Constant("solver", "SemiSgd")),
            StringComparison.Ordinal
        );
    }

    private static string Refusal(StateArchive written, Action<StateArchive> read) =>
        Assert.Throws<InvalidDataException>(() => read(StateArchive.ForReading(written.Written.Span))).Message;

    private static (int Count, long[] List, bool IsOn) Exchange(
        StateArchive archive,
        double[] numbers,
        int count,
        long[] list,
        bool isOn
    )
    {
        archive.Constant("kind", "test");
        archive.Numbers("numbers", numbers.AsSpan());
        return (archive.Value("count", count), archive.List("list", list), archive.Value("isOn", isOn));
    }
}
