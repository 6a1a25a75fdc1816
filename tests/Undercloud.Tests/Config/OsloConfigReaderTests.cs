using System.Collections.Immutable;
using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

public sealed class OsloConfigReaderTests
{
    [Fact]
    public void Equals_sign_and_colon_both_assign_and_the_first_of_them_counts() =>
        Assert.Equal([("a", "b:c"), ("d", "e=f"), ("g", "h")], Entries("[DEFAULT]\na = b:c\nd: e=f\ng=h\n"));

    [Fact]
    public void A_comment_begins_a_line_and_nowhere_else() =>
        Assert.Equal([("a", "1 # no comment"), ("b", "2 ; nor this")], Entries("[DEFAULT]\n# a\n;b\na = 1 # no comment\nb = 2 ; nor this\n"));

    [Fact]
    public void Indented_lines_continue_a_value_a_blank_line_ends_it() =>
        Assert.Equal([("a", "1\n2\n# 3"), ("b", "")], Entries("[DEFAULT]\na = 1\n  2\n\t# 3\n\nb =\n"));

    [Theory]
    [InlineData("\"x\"", "x")]
    [InlineData("'x'", "x")]
    [InlineData("\" x \"", " x ")]
    [InlineData("\"x'", "\"x'")]
    [InlineData("\"", "")]
    [InlineData("\"\"", "")]
    [InlineData("x\"y\"", "x\"y\"")]
    public void Matching_quotes_around_a_value_are_taken_off(string written, string value) =>
        Assert.Equal([("a", value)], Entries($"[DEFAULT]\na = {written}\n"));

    [Fact]
    public void Every_assignment_of_a_repeated_key_is_kept()
    {
        var file = Read("[DEFAULT]\na = 1\n[b]\na = 2\n[DEFAULT]\na = 3\n", out _);
        Assert.Equal(["1", "3"], file.All("DEFAULT", "a").Select(entry => entry.Text));
    }

    [Fact]
    public void Section_names_match_in_any_case_but_DEFAULT_only_in_its_own()
    {
        var file = Read("[Auth]\na = 1\n[default]\na = 2\n", out _);
        Assert.Single(file.All("auth", "a"));
        Assert.Empty(file.All("DEFAULT", "a"));
    }

    [Fact]
    public void A_value_knows_where_it_begins()
    {
        var file = Read("[DEFAULT]\r\nlocal_ip =   \"1.2.3.4/24\"\r\nempty:\r\n", out _);
        Assert.Equal(["f:2:14", "f:3:7"], file.Entries.Select(entry => entry.Location.ToString()));
    }

    [Theory]
    [InlineData("a = 1", 1, 1, "comes before any section")]
    [InlineData("[DEFAULT]\nwhat is this", 2, 1, "neither a section, a comment nor an assignment")]
    [InlineData("[DEFAULT]\n = 1", 2, 2, "indented")]
    [InlineData("[DEFAULT]\n= 1", 2, 1, "no name before the value")]
    [InlineData("[DEFAULT]\n# comment\n  more", 3, 3, "no value above it to continue")]
    [InlineData("[DEFAULT", 1, 8, "does not end with ']'")]
    [InlineData("[DEFAULT] # mine", 1, 16, "does not end with ']'")]
    [InlineData("[]", 1, 1, "has no name")]
    public void A_syntax_error_names_its_line_and_column(string text, int line, int column, string message)
    {
        Read(text, out var findings);
        var finding = Assert.Single(findings);
        Assert.Equal((ConfigCodes.Syntax, new SourceSpan("f", line, column)), (finding.Code, finding.Location));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.NotNull(finding.Remedy);
    }

    [Fact]
    public void Every_syntax_error_is_reported_and_the_rest_is_read()
    {
        var file = Read("a = 1\nfirst\n  its continuation\n[DEFAULT\nb = 2\n: 3\nc = 4\n", out var findings);
        Assert.Equal([1, 2, 4, 6], findings.Select(finding => finding.Location!.Value.Line));
        Assert.Equal(["1", "2", "4"], file.Entries.Select(entry => entry.Text));
        Assert.All(file.Entries, entry => Assert.Equal("DEFAULT", entry.Section));
    }

    [Fact]
    public void No_input_crashes_the_reader() =>
        Gen.String[Gen.Char["[]=:#; \t\n\r\"'$ab{}\\\u0085\u2028\0é"], 0, 60].Sample(text =>
        {
            Read(text, out _);
            return true;
        });

    private static ImmutableArray<(string, string)> Entries(string text)
    {
        var file = Read(text, out var findings);
        Assert.Empty(findings);
        return [.. file.Entries.Select(entry => (entry.Name, entry.Text))];
    }

    private static OsloConfigFile Read(string text, out ImmutableArray<Diagnostic> findings)
    {
        var diagnostics = new DiagnosticBag();
        var file = OsloConfigReader.Read(text, "f", diagnostics);
        findings = diagnostics.All;
        return file;
    }
}
