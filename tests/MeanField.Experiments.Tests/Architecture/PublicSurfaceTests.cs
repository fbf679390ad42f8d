using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Architecture;

/// <summary>A change to what users can call is a decision: it shows as a diff of a reviewed file.</summary>
public class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_reviewed_one() =>
        PublicSurface.Check(
            "MeanField.Experiments",
            "tests/MeanField.Experiments.Tests/Architecture/PublicSurface.txt"
        );

    [Fact]
    public void A_public_type_has_a_file_of_its_own_name() =>
        Assert.Empty(PublicTypeFiles.Faults("MeanField.Experiments", "src/MeanField.Experiments"));
}
