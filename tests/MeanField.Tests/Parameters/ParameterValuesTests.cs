using MeanField.Parameters;

namespace MeanField.Tests.Parameters;

public class ParameterValuesTests
{
    private static readonly ParameterDescription[] Descriptions =
    [
        new("rate", ParameterKind.Number, "1e-06", "A rate.")
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
            MaximumExcluded = true,
        },
        new("share", ParameterKind.Number, "0.5", "A share.") { Minimum = 0, Maximum = 1 },
        new("cost", ParameterKind.Number, "0", "Any number."),
        new("count", ParameterKind.WholeNumber, "3", "A count.") { Minimum = -1, Maximum = 10 },
        new("fast", ParameterKind.Switch, "true", "A switch."),
        new("form", ParameterKind.Choice, "log", "A choice.") { Choices = ["linear", "log"] },
        new("note", ParameterKind.Text, "", "A text."),
        new("scale", ParameterKind.Number, "auto", "A number or a word.") { Minimum = 0, Choices = ["auto"] },
    ];

    [Fact]
    public void Every_parameter_has_its_default_in_listing_order()
    {
        var values = Create();
        Assert.Equal(
            "rate share cost count fast form note scale",
            string.Join(' ', values.InOrder().Select(v => v.Key))
        );
        Assert.Equal(
            (1e-6, 0.5, 0.0, 3, true, "log", ""),
            (
                values.Number("rate"),
                values.Number("share"),
                values.Number("cost"),
                values.WholeNumber("count"),
                values.Switch("fast"),
                values.Text("form"),
                values.Text("note")
            )
        );
        Assert.Throws<KeyNotFoundException>(() => values.Text("other"));
    }

    [Theory]
    [InlineData("rate", "0")]
    [InlineData("rate", "1")]
    [InlineData("rate", "0.99999999999999999")]
    [InlineData("rate", "-0.1")]
    [InlineData("share", "-1e-300")]
    [InlineData("share", "1.0000001")]
    [InlineData("cost", "NaN")]
    [InlineData("cost", "Infinity")]
    [InlineData("cost", "-Infinity")]
    [InlineData("cost", "∞")]
    [InlineData("cost", "1e999")]
    [InlineData("cost", "")]
    [InlineData("cost", "1,5")]
    [InlineData("cost", "0x10")]
    [InlineData("cost", "one")]
    [InlineData("count", "-2")]
    [InlineData("count", "11")]
    [InlineData("count", "3.0")]
    [InlineData("count", "1e1")]
    [InlineData("count", "99999999999")]
    [InlineData("count", "")]
    [InlineData("fast", "yes")]
    [InlineData("fast", "True")]
    [InlineData("fast", "")]
    [InlineData("form", "Log")]
    [InlineData("form", "")]
    [InlineData("form", "log ")]
    [InlineData("scale", "Auto")]
    [InlineData("scale", "-1")]
    [InlineData("scale", "")]
    public void A_value_out_of_range_is_refused_with_place_found_and_allowed(string name, string text)
    {
        var exception = Assert.Throws<ParameterException>(() => Create((name, text)));
        var allowed = Descriptions.Single(d => d.Name == name).Allowed;
        Assert.Equal($"game toy: '{name}' is '{text}', allowed is {allowed}", exception.Message);
    }

    [Theory]
    [InlineData("share", "0")]
    [InlineData("share", "1")]
    [InlineData("rate", "1e-300")]
    [InlineData("cost", "-1e300")]
    [InlineData("count", "-1")]
    [InlineData("count", "10")]
    [InlineData("fast", "false")]
    [InlineData("form", "linear")]
    [InlineData("note", "any text; at all\nof any length")]
    [InlineData("scale", "auto")]
    [InlineData("scale", "2.5")]
    public void A_value_in_range_is_taken(string name, string text) => Create((name, text));

    [Theory]
    [InlineData("rate", "0.10", "0.1")]
    [InlineData("rate", "1e-1", "0.1")]
    [InlineData("rate", ".1", "0.1")]
    [InlineData("cost", "+5.00", "5")]
    [InlineData("cost", " 5 ", "5")]
    [InlineData("cost", "1000000", "1e6")]
    [InlineData("cost", "-0", "0")]
    [InlineData("cost", "-0.0", "0")]
    [InlineData("cost", "0.30000000000000004", "0.300000000000000044")]
    [InlineData("count", "+5", "5")]
    [InlineData("count", "007", "7")]
    [InlineData("count", "-0", "0")]
    [InlineData("scale", "2.50", "2.5")]
    public void One_value_has_one_text_however_it_was_written(string name, string text, string sameText) =>
        Assert.Equal(Create((name, sameText)).Text(name), Create((name, text)).Text(name));

    [Fact]
    public void Canonical_text_gives_back_the_same_number()
    {
        foreach (var number in new[] { 0.1, 1.0 / 3, 1e-300, -123456789.123456789, double.MaxValue, double.Epsilon })
        {
            var text = FormattableString.Invariant($"{number:E20}");
            Assert.Equal(number, Create(("cost", text)).Number("cost"));
        }
    }

    // The text of a value goes into the hash of a run: giving a default explicitly is the same run.
    [Fact]
    public void A_default_given_explicitly_is_no_difference()
    {
        var given = Descriptions.Select(d => (d.Name, d.Default!)).ToArray();
        Assert.Equal(Create().InOrder(), Create(given).InOrder());
    }

    [Fact]
    public void A_later_value_replaces_an_earlier_one() =>
        Assert.Equal(7, Create(("count", "5"), ("count", "7")).WholeNumber("count"));

    [Fact]
    public void All_findings_come_in_one_line()
    {
        var message = Assert
            .Throws<ParameterException>(() =>
                Create(("rates", "1"), ("count", "x"), ("note", "fine"), ("form", "cube\nroot"))
            )
            .Message;
        Assert.Equal(
            "game toy has no 'rates' (allowed: rate, share, cost, count, fast, form, note, scale); "
                + "game toy: 'count' is 'x', allowed is a whole number of at least -1 and at most 10; "
                + "game toy: 'form' is 'cube\\nroot', allowed is one of linear, log",
            message
        );
    }

    [Fact]
    public void A_required_value_that_is_missing_is_a_finding()
    {
        ParameterDescription[] required = [new("size", ParameterKind.WholeNumber, null, "A size.") { Minimum = 1 }];
        Assert.Equal(
            "game toy: 'size' is missing, allowed is a whole number of at least 1",
            Assert.Throws<ParameterException>(() => ParameterValues.Create("game toy", required, [])).Message
        );
        Assert.Equal(
            4,
            ParameterValues.Create("game toy", required, [KeyValuePair.Create("size", "4")]).WholeNumber("size")
        );
    }

    [Fact]
    public void A_very_long_value_is_shortened_in_the_message()
    {
        var message = Assert.Throws<ParameterException>(() => Create(("count", new string('9', 5000)))).Message;
        Assert.Contains("999...'", message);
        Assert.InRange(message.Length, 60, 200);
    }

    [Theory]
    [InlineData(0, "a finite number greater than 0 and less than 1")]
    [InlineData(1, "a finite number of at least 0 and at most 1")]
    [InlineData(2, "a finite number")]
    [InlineData(3, "a whole number of at least -1 and at most 10")]
    [InlineData(4, "true or false")]
    [InlineData(5, "one of linear, log")]
    [InlineData(6, "text")]
    [InlineData(7, "a finite number of at least 0 or auto")]
    public void Allowed_values_are_said_in_words(int description, string words) =>
        Assert.Equal(words, Descriptions[description].Allowed);

    private static ParameterValues Create(params (string Name, string Text)[] given) =>
        ParameterValues.Create("game toy", Descriptions, given.Select(g => KeyValuePair.Create(g.Name, g.Text)));
}
