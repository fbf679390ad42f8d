namespace MeanField.Games;

/// <summary>A simulator that threw, or answered what no simulator may answer: the message names state, action and trajectory.</summary>
public sealed class SimulatorException : Exception
{
    /// <summary>Creates the exception with a complete, one-line message and what the simulator threw, if it did.</summary>
    public SimulatorException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Creates the exception with a complete, one-line message.</summary>
    public SimulatorException(string message)
        : base(message) { }

    /// <summary>Creates the exception with no message of its own.</summary>
    public SimulatorException() { }
}
