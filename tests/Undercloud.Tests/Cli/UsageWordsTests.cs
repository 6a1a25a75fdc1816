using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Cli.Output;

namespace Undercloud.Tests.Cli;

public sealed class UsageWordsTests
{
    [Theory]
    [InlineData("--cores takes a whole number, not 'many'.", "sandbox", "machine", "add", "m1", "--cores", "many")]
    [InlineData("--nodes takes a whole number, not 'two'.", "sandbox", "create", "--nodes", "two")]
    [InlineData("--nodes takes 1 to 16, not 0.", "sandbox", "create", "lab", "--nodes", "0")]
    [InlineData("--nodes takes 1 to 16, not -1.", "sandbox", "create", "--nodes", "-1")]
    [InlineData("--nodes takes 1 to 16, not 17.", "sandbox", "create", "--nodes=17")]
    [InlineData("--node takes a whole number, not 'lab-2'.", "sandbox", "exec", "lab", "--node", "lab-2", "--", "true")]
    [InlineData("--node takes 1 to 16, not 0.", "sandbox", "restart", "lab", "--node", "0")]
    [InlineData("--timeout takes a number, not 'long'.", "node", "import", "f", "--timeout", "long")]
    [InlineData("--step takes a whole number, not '3.5'.", "agent", "cloud", "apply", "--step", "3.5")]
    public void A_value_of_the_wrong_kind_is_said_without_the_runtimes_types(string words, params string[] arguments)
    {
        var said = CommandTree.Create(new Composition()).Parse(arguments).Errors.Select(error => UsageWords.Of(error.Message)).ToList();
        Assert.Contains(words, said);
        Assert.DoesNotContain(said, text => text.Contains("System.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("undercloud --help", "--colour")]
    [InlineData("undercloud --help", "instal")]
    [InlineData("undercloud install --help", "install", "--dry")]
    [InlineData("undercloud sandbox create --help", "sandbox", "create", "lab", "--nodes", "two")]
    public void A_mistake_leads_to_the_help_of_the_command_that_was_typed(string help, params string[] arguments)
    {
        var parsed = CommandTree.Create(new Composition()).Parse(arguments);
        Assert.NotEmpty(parsed.Errors);
        Assert.Equal(help, UsageWords.HelpFor(parsed));
    }
}
