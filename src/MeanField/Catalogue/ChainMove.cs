namespace MeanField.Catalogue;

/// <summary>A move on a chain of states; its number is what it adds to the state.</summary>
public enum ChainMove
{
    /// <summary>One state down.</summary>
    Left = -1,

    /// <summary>No move.</summary>
    Stay = 0,

    /// <summary>One state up.</summary>
    Right = 1,
}
