using System.CommandLine;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud template</c>: what template developers ask.</summary>
internal static class TemplateCommand
{
    public static Command Create() => new("template", "Looks into Heat templates.")
    {
        TemplateEvalCommand.Create(),
    };
}
