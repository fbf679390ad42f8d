namespace MeanField.Tests.Architecture;

/// <summary>A change to what users can call is a decision: it shows as a diff of a reviewed file.</summary>
public class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_reviewed_one() =>
        PublicSurface.Check("MeanField", "tests/MeanField.Tests/Architecture/PublicSurface.txt");
}
