using System.CommandLine;
using Undercloud.Cli;
using Undercloud.Cli.Commands;

namespace Undercloud.Tests.Cli;

public sealed class FormatOptionTests
{
    [Fact]
    public void Every_command_refuses_a_format_that_it_does_not_have()
    {
        var tree = CommandTree.Create(new Composition());
        var commands = Commands(tree, []).ToList();
        Assert.True(commands.Count > 15);
        Assert.All(commands, words =>
        {
            Assert.Contains(tree.Parse([.. words, "-f", "jsno"]).Errors, error => error.Message.Contains("'jsno' not recognized", StringComparison.Ordinal));
            Assert.DoesNotContain(tree.Parse([.. words, "-f", "json"]).Errors, error => error.Message.Contains("not recognized", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("diff", "Action")]
    [InlineData("generation list", "Plan hash")]
    [InlineData("generation diff 1 2", "reason")]
    [InlineData("image list", "Size")]
    [InlineData("sandbox list", "State")]
    [InlineData("sandbox machine list", "Disk")]
    [InlineData("container list", "unit")]
    [InlineData("container apply --config-id x", "Name")]
    [InlineData("container diff --config-id x", "Name")]
    [InlineData("container delete --config-id x", "reason")]
    [InlineData("config show", "former_name")]
    [InlineData("config validate", "Remedy")]
    [InlineData("config migrate old.conf", "New home")]
    [InlineData("template list", "From")]
    [InlineData("template validate", "code")]
    [InlineData("node import nodes.json", "result")]
    [InlineData("node introspect a", "properties")]
    [InlineData("node provide a", "Error")]
    public void What_prints_rows_has_the_formats_and_columns_of_the_openstack_command(string command, string column)
    {
        var tree = CommandTree.Create(new Composition());
        Assert.All(["table", "json", "yaml", "value", "csv"], format => Assert.Empty(tree.Parse([.. command.Split(' '), "-f", format, "-c", column]).Errors));
        var refused = Assert.Single(tree.Parse([.. command.Split(' '), "-c", column, "-c", "nonsense"]).Errors);
        Assert.StartsWith("There is no column 'nonsense'. The columns are ", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string[]> Commands(Command command, string[] words)
    {
        if (command.Options.Any(option => option.Name == "-f" || option.Aliases.Contains("-f")))
            yield return words[^1] switch
            {
                "introspect" or "provide" => [.. words, "node"],
                "eval" => [.. words, "--yaql", "1"],
                "show" or "events" when words is [.., "generation", _] => [.. words, "1"],
                "diff" when words is [.., "generation", _] => [.. words, "1", "2"],
                _ => words,
            };
        foreach (var inner in command.Subcommands.SelectMany(sub => Commands(sub, [.. words, sub.Name])))
            yield return inner;
    }
}
