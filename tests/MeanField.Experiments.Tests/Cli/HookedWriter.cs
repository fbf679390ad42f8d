using System.Text;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>A writer that does something before the first character it is given.</summary>
internal sealed class HookedWriter(TextWriter inner, Action hook) : TextWriter
{
    private bool _isHooked;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (!_isHooked)
        {
            _isHooked = true;
            hook();
        }

        inner.Write(value);
    }
}
