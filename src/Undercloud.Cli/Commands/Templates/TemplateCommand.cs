using System.CommandLine;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template</c>: inspects template trees and what they resolve to.</summary>
public static class TemplateCommand
{
    public static Command Create(Composition composition) => new("template", "Resolve, check and compare trees of Heat templates.")
    {
        TemplateResolveCommand.Create(composition),
        TemplateValidateCommand.Create(composition),
        TemplateListCommand.Create(composition),
        TemplateShowCommand.Create(composition),
        TemplateDiffCommand.Create(composition),
        TemplateEvalCommand.Create(),
        TemplateConfigDownloadCommand.Create(composition),
    };
}
