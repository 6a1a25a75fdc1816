using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary><c>undercloud config reference</c>: the pages of the documentation that are generated from the option table.</summary>
public static class ConfigReferenceCommand
{
    public static Command Create()
    {
        var fromInstack = new Option<bool>("--from-instack") { Description = "Print what became of each option of instack-undercloud instead." };
        var command = new Command("reference", "Print the reference of every option in Markdown.") { fromInstack };
        command.SetAction(parsed =>
        {
            Console.Out.Write(parsed.GetValue(fromInstack) ? FromInstackPage.Write() : ReferencePage.Write());
            return ExitCodes.Done;
        });
        return command;
    }
}
