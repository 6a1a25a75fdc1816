using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.BareMetal;

/// <summary>JSON, YAML and comma-separated values as files of nodes.</summary>
public sealed class NodeFileFormatTests
{
    private const string NoColon = "[{\"pm_type\": \"ipmi\", \"pm_addr\" \"192.0.2.1\"}]";

    [Theory]
    [InlineData("instackenv.json")]
    [InlineData("instackenv")]
    [InlineData("<stdin>")]
    [InlineData("nodes.yaml")]
    public void A_missing_colon_is_an_error(string path)
    {
        var (nodes, findings) = Read(NoColon, path);
        Assert.Empty(nodes);
        Assert.Equal(1, Assert.Single(findings).Location!.Value.Line);
    }

    [Fact]
    public void The_place_of_a_missing_colon_is_said()
    {
        var finding = Assert.Single(Read(NoColon, "f.json").Findings);
        Assert.Equal(("NODE001", new SourceSpan("f.json", 1, 32)), (finding.Code, finding.Location!.Value));
        Assert.StartsWith("The file is not JSON: ", finding.Message, StringComparison.Ordinal);
        Assert.Contains("a colon", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  // the rack\n  \"nodes\": []}", 2, 3, "JSON has no comments")]
    [InlineData("{\n  # the rack\n  \"nodes\": []}", 2, 3, "JSON has no comments")]
    [InlineData("[{\"pm_type\": \"ipmi\"\n  \"pm_addr\": \"h\"}]", 2, 3, "a comma")]
    [InlineData("[{\"name\": \"\u00e9\u00e9\" \"pm_addr\": \"h\"}]", 1, 16, "a comma")]
    [InlineData("", 1, 1, "The file is a list of nodes")]
    public void What_is_no_JSON_is_said_with_place_and_remedy(string text, int line, int column, string remedy)
    {
        var finding = Assert.Single(Read(text, "instackenv.json").Findings);
        Assert.Equal(("NODE001", line, column), (finding.Code, finding.Location!.Value.Line, finding.Location!.Value.Column));
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData(" \n", "The file is empty.")]
    [InlineData("[{\"name\": \"a\"},]", "The file is not JSON: there is a comma before the closing ']'.")]
    [InlineData("{\"nodes\": [],\n}", "The file is not JSON: there is a comma before the closing '}'.")]
    [InlineData("[{\"name\": \"a\"", "The file is not JSON: it ends before all is closed that it opens.")]
    [InlineData(NoColon, "The file is not JSON: '\"' does not belong here.")]
    public void What_is_no_JSON_is_said_in_our_own_words(string text, string message) =>
        Assert.Equal(message, Assert.Single(Read(text, "instackenv.json").Findings).Message);

    [Fact]
    public void JSON_may_begin_with_a_byte_order_mark() => Assert.Single(Read("\uFEFF[{\"pm_type\": \"fake-hardware\"}]", "instackenv.json").Nodes);

    [Theory]
    [InlineData("nodes.csv")]
    [InlineData("<stdin>")]
    public void Lines_of_commas_are_nodes(string path)
    {
        var (nodes, findings) = Read("ipmi,192.0.2.1,admin,\"p,\"\"1\",52:54:00:00:00:01\r\n\r\nipmi,192.0.2.1,admin,2,52:54:00:00:00:02,6230\n", path);
        Assert.Empty(findings);
        Assert.Equal(["192.0.2.1", "192.0.2.1:6230"], nodes.Select(node => node.Controller));
        Assert.Equal(["p,\"1", "2"], nodes.Select(node => ((StringValue)node.DriverInfo["ipmi_password"]!).Text));
        Assert.Equal(["52:54:00:00:00:01", "52:54:00:00:00:02"], nodes.Select(node => Assert.Single(node.Ports).Address));
    }

    [Fact]
    public void A_line_of_commas_that_is_no_node_is_said_with_its_place()
    {
        var (_, findings) = Read("ipmi,192.0.2.1,admin,p\nipmi,192.0.2.2,admin,\"p,52:54:00:00:00:02\nipmi, 192.0.2.300,admin,p,52:54:00:00:00:03\n", "nodes.csv");
        Assert.Equal(
            ["nodes.csv:1:1 The line has 4 fields, not 5 or 6.", "nodes.csv:2:1 A quote is not closed on this line.", "nodes.csv:3:7 pm_addr is 192.0.2.300, which is no IPv4 address."],
            findings.Select(finding => $"{finding.Location} {finding.Message}"));
        Assert.Equal("The file has no nodes.", Assert.Single(Read("\n", "nodes.csv").Findings).Message);
    }

    private static (WantedNode[] Nodes, Diagnostic[] Findings) Read(string text, string path)
    {
        var findings = new DiagnosticBag();
        return ([.. NodeFile.Read(text, path, findings)], [.. findings.All]);
    }
}
