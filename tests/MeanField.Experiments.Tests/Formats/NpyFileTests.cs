using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Tests.Formats;

public sealed class NpyFileTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<bool> HasNumpy = new(() => Run("import numpy").ExitCode == 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The bytes follow from the published format (NEP 1): magic, version 1.0, header length 118 so that data begins at 128, the header
    // padded with spaces to a line feed, then the doubles, little-endian.
    [Fact]
    public void A_vector_is_written_byte_for_byte_as_the_format_says()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, [1.0, -0.5], 2);

        const string Header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";
        byte[] expected =
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            118,
            0,
            .. Encoding.ASCII.GetBytes(Header.PadRight(117) + "\n"),
            .. Convert.FromHexString("000000000000F03F"),
            .. Convert.FromHexString("000000000000E0BF"),
        ];
        Assert.Equal(expected, stream.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    public void What_is_written_reads_back_bit_by_bit(int length)
    {
        var values = Enumerable.Range(0, length).Select(i => Math.Sin(i) * Math.Pow(10, (i % 600) - 300)).ToArray();
        if (length > 5)
        {
            (values[0], values[1], values[2], values[3]) = (double.NaN, double.NegativeInfinity, -0.0, double.Epsilon);
        }

        var array = NpyFile.Read(Write(values, length));

        Assert.Equal([length], array.Shape);
        Assert.Equal(
            values.Select(BitConverter.DoubleToInt64Bits),
            array.Values.Select(BitConverter.DoubleToInt64Bits)
        );
    }

    [Fact]
    public void A_matrix_reads_back_with_its_shape()
    {
        var array = NpyFile.Read(Write([1, 2, 3, 4, 5, 6], 2, 3));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], array.Values);
    }

    [Fact]
    public void A_shape_that_does_not_hold_the_values_is_refused()
    {
        using var stream = new MemoryStream();
        Assert.Throws<ArgumentException>(() => NpyFile.Write(stream, [1, 2, 3], 2, 2));
        Assert.Throws<ArgumentException>(() => NpyFile.Write(stream, [1], 1, 1, 1));
        Assert.Throws<ArgumentException>(() => NpyFile.Write(stream, [], -1, 0));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Numpy_reads_what_is_written()
    {
        RequireNumpy();
        var path = Write([0.1, 1e-300, 3, 4, 5, -6.25], 3, 2);

        var output = RunPython(
            "import sys, numpy; a = numpy.load(sys.argv[1]); print(a.dtype, a.shape, a.flags.c_contiguous, a.tolist())",
            path
        );

        Assert.Equal("float64 (3, 2) True [[0.1, 1e-300], [3.0, 4.0], [5.0, -6.25]]", output);
    }

    [Theory]
    [InlineData("numpy.arange(12.0).reshape(4, 3) / 7", "4,3")]
    [InlineData("numpy.linspace(0, 1, 7)", "7")]
    [InlineData("numpy.zeros(0)", "0")]
    public void What_numpy_writes_can_be_read(string expression, string shape)
    {
        RequireNumpy();
        var path = _folder.PathOf("numpy.npy");

        var output = RunPython(
            $"import sys, numpy; a = {expression}; numpy.save(sys.argv[1], a); print(*map(repr, a.ravel().tolist()))",
            path
        );

        var array = NpyFile.Read(path);
        Assert.Equal(shape, string.Join(',', array.Shape));
        Assert.Equal(
            output
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
            array.Values
        );
    }

    [Theory]
    [InlineData("numpy.arange(3, dtype='>f8')", "the element type is '>f8'")]
    [InlineData("numpy.arange(3)", "the element type is '<i8'")]
    [InlineData("numpy.float32([1, 2])", "the element type is '<f4'")]
    [InlineData("numpy.asfortranarray(numpy.ones((2, 3)))", "Fortran order")]
    [InlineData("numpy.float64(3)", "the header is")]
    [InlineData("numpy.ones((2, 2, 2))", "the header is")]
    public void Other_arrays_of_numpy_are_refused(string expression, string found)
    {
        RequireNumpy();
        var path = _folder.PathOf("numpy.npy");
        RunPython($"import sys, numpy; numpy.save(sys.argv[1], {expression})", path);

        var error = Assert.Throws<InputFileException>(() => NpyFile.Read(path));

        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, (byte)'X', "magic")]
    [InlineData(6, 2, "version is 2.0")]
    [InlineData(8, 255, "ends within its header")]
    [InlineData(8, 54, "the header is")]
    [InlineData(9, 1, "ends within its header")]
    public void A_broken_header_is_refused(int offset, byte value, string found)
    {
        var bytes = File.ReadAllBytes(Write([1, 2, 3], 3));
        bytes[offset] = value;
        AssertRefused(bytes, found);
    }

    [Theory]
    [InlineData("(4,)", "24 bytes follow the header; allowed: 32 bytes")]
    [InlineData("(2,)", "24 bytes follow the header; allowed: 16 bytes")]
    [InlineData("(2147483647,)", "allowed: 17179869176 bytes")]
    [InlineData("(2147483647, 2147483647)", "allowed: 36893488113059364872 bytes")]
    [InlineData("(99999999999,)", "dimension 0 has length '99999999999'")]
    [InlineData("(3)", "the header is")]
    [InlineData("(-3,)", "the header is")]
    public void A_shape_other_than_the_data_is_refused_before_anything_is_allocated(string shape, string found)
    {
        var bytes = File.ReadAllBytes(Write([1, 2, 3], 3));
        Encoding.ASCII.GetBytes(
            $"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117),
            bytes.AsSpan(10)
        );
        AssertRefused(bytes, found);
    }

    [Fact]
    public void Every_cut_off_file_is_refused()
    {
        var bytes = File.ReadAllBytes(Write([1, 2, 3], 3));
        for (var length = 0; length < bytes.Length; length++)
        {
            AssertRefused(bytes[..length], "allowed: ");
        }

        AssertRefused([.. bytes, 0], "25 bytes follow the header");
    }

    [Fact]
    public void Random_damage_never_gives_anything_but_an_array_or_a_clear_error()
    {
        var bytes = File.ReadAllBytes(Write([1, 2, 3], 3));
        var random = new Random(20250522);
        for (var i = 0; i < 500; i++)
        {
            var damaged = bytes.ToArray();
            BinaryPrimitives.WriteUInt16LittleEndian(damaged.AsSpan(random.Next(128)), (ushort)random.Next(65536));
            try
            {
                Assert.Equal(3, NpyFile.Read(_folder.Write("damaged.npy", damaged)).Values.Length);
            }
            catch (InputFileException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    private void AssertRefused(byte[] bytes, string found)
    {
        var path = _folder.Write("broken.npy", bytes);
        var error = Assert.Throws<InputFileException>(() => NpyFile.Read(path));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private string Write(double[] values, params ReadOnlySpan<int> shape)
    {
        var path = _folder.PathOf("array.npy");
        using var stream = File.Create(path);
        NpyFile.Write(stream, values, shape);
        return path;
    }

    private static void RequireNumpy()
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed");
        Assert.SkipUnless(HasNumpy.Value, "numpy is not installed for " + Python);
    }

    private static string RunPython(string program, string argument)
    {
        var (exitCode, output) = Run(program, argument);
        Assert.Equal(0, exitCode);
        return output.TrimEnd('\n');
    }

    private static (int ExitCode, string Output) Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Python, ["-c", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
