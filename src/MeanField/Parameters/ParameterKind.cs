namespace MeanField.Parameters;

/// <summary>What values a named parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A finite double, or one of the words in <see cref="ParameterDescription.Choices"/>.</summary>
    Number,

    /// <summary>A 32-bit integer, or one of the words in <see cref="ParameterDescription.Choices"/>.</summary>
    WholeNumber,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>One of <see cref="ParameterDescription.Choices"/>.</summary>
    Choice,

    /// <summary>Free text, checked by whoever uses it.</summary>
    Text,
}
