using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

public sealed class OsloConfigWriterTests
{
    [Theory]
    [InlineData("plain", "a = plain\n")]
    [InlineData("", "a =\n")]
    [InlineData(" kept ", "a = \" kept \"\n")]
    [InlineData("\"quoted\"", "a = \"\"quoted\"\"\n")]
    [InlineData("1\n2", "a = 1\n    2\n")]
    [InlineData("cost: $5", "a = cost: \\$5\n")]
    public void A_value_is_written_so_that_it_is_read_back(string text, string line) =>
        Assert.Equal(line, OsloConfigWriter.Assignment("a", text));

    [Theory]
    [InlineData("1\n\n2")]
    [InlineData("1\n 2")]
    [InlineData("1\r2")]
    public void A_text_the_format_cannot_hold_is_refused(string text) => Assert.Null(OsloConfigWriter.Assignment("a", text));

    [Fact]
    public void Writing_and_reading_back_is_the_identity() =>
        Gen.String[Gen.Char["ab \"'$\\{}.#;=:,\n\té"], 0, 20].Sample(text =>
            OsloConfigWriter.Assignment("a", text) is not { } written || ReadBack(written) == text);

    private static string? ReadBack(string written)
    {
        var diagnostics = new DiagnosticBag();
        var file = OsloConfigReader.Read($"[DEFAULT]\n{written}", "f", diagnostics);
        Assert.Empty(diagnostics.All);
        return Interpolation.Replace(Assert.Single(file.Entries).Text, _ => "?");
    }
}
