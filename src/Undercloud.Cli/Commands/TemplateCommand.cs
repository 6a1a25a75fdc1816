using System.CommandLine;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud template</c>: work on a tree of tripleo-heat-templates.</summary>
internal static class TemplateCommand
{
    public static Command Create() => new("template", "Work on a tree of tripleo-heat-templates.")
    {
        TemplateConfigDownloadCommand.Create(),
    };
}
