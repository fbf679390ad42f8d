namespace MeanField.Tests.Reference;

/// <summary>Networks as text.</summary>
internal static class Networks
{
    /// <summary>The network of Braess (Unternehmensforschung 12, 1968): from 1 to 2 by way of 3 or 4, with a short cut from 3 to 4.</summary>
    public const string Braess = "from,to,cost;1,3,0;1,4,50;3,2,50;3,4,10;4,2,0";
}
