namespace MeanField.Parameters;

/// <summary>What values a named parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A finite double.</summary>
    Number,

    /// <summary>A 32-bit integer.</summary>
    WholeNumber,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>One of <see cref="ParameterDescription.Choices"/>, or, where the description says so, a number as well.</summary>
    Choice,

    /// <summary>Free text, checked by whoever uses it.</summary>
    Text,
}
