using System.Xml.Linq;
using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>The oracle is an XML parser: what was written must be read back as text.</summary>
public class MarkupWriterTests
{
    [Theory]
    [InlineData("</td><script>alert(1)</script>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("' & &amp; &#60; <!-- ]]>")]
    [InlineData("𝛑 crowd 人")]
    public void Text_put_into_markup_is_read_back_as_the_same_text(string text)
    {
        var writer = new MarkupWriter();
        writer.Write($"<p title=\"{text}\" lang='{text}'>{text}</p>");
        var element = XElement.Parse(writer.ToString());
        Assert.Equal(text, element.Value);
        Assert.Equal(text, element.Attribute("title")!.Value);
        Assert.Equal(text, element.Attribute("lang")!.Value);
        Assert.Empty(element.Elements());
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\uffffb")]
    [InlineData("a\u0085b")]
    public void Characters_that_XML_forbids_or_that_turn_text_around_are_replaced(string text)
    {
        var writer = new MarkupWriter();
        writer.Write($"<p>{text}</p>");
        Assert.Equal("a\uFFFDb", XElement.Parse(writer.ToString()).Value);
    }

    // A lone surrogate cannot stand in test data, which is stored as UTF-8.
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\uFFFDb", MarkupWriter.Escape($"a{'\ud800'}b"));

    [Fact]
    public void Coordinates_have_a_point_and_at_most_two_decimals()
    {
        var writer = new MarkupWriter();
        writer.Write($"{1.0 / 3} {-2.5} {1e6} {7}");
        Assert.Equal("0.33 -2.5 1000000 7\n", writer.ToString());
    }
}
