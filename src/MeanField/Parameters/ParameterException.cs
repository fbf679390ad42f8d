namespace MeanField.Parameters;

/// <summary>A parameter or option that cannot be used: its message names the place, what was found and what is allowed.</summary>
public sealed class ParameterException : Exception
{
    /// <summary>Creates the exception with a complete, one-line message.</summary>
    public ParameterException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a complete, one-line message and the error that led to it.</summary>
    public ParameterException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Creates the exception with no message of its own.</summary>
    public ParameterException() { }
}
