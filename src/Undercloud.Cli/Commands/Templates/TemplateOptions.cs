using System.CommandLine;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;

namespace Undercloud.Cli.Commands.Templates;

/// <summary>The options that choose a template tree and its inputs, named as in tripleo-heat-templates' own tools and client.</summary>
internal sealed class TemplateOptions
{
    private readonly Option<string?> _templates = new("--templates")
    {
        Description = "The directory of the tree of templates. Default: the tool's own collection.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _roles = new("-r", "--roles-file")
    {
        Description = "The roles file, from here or from DIR. Default: roles_data.yaml, or roles_data_undercloud.yaml where there is none.",
        HelpName = "ROLES",
    };

    private readonly Option<string?> _networks = new("-n", "--networks-file")
    {
        Description = "The networks file, from here or from DIR. Default: network_data.yaml.",
        HelpName = "NETWORKS",
    };

    private readonly Option<string[]> _environments = new("-e", "--environment-file")
    {
        Description = "An environment file, from here or from the rendered tree; later files win.",
        HelpName = "ENV",
    };

    private readonly Option<string?> _root = new("--template")
    {
        Description = "The root template in the rendered tree. Default: overcloud.yaml, or undercloud.yaml where there is none.",
        HelpName = "FILE",
    };

    private readonly Option<string> _stack = new("--stack")
    {
        Description = "The stack's name.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "undercloud",
    };

    private readonly Option<string?> _conf = new("--conf")
    {
        Description = "With the tool's own collection: the undercloud.conf that provides the values. Default: ~/undercloud.conf, or the defaults if it does not exist.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_templates, _roles, _networks, _environments, _root, _stack, _conf])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_conf) is null)
                return;
            foreach (var other in new[] { _templates, _roles, _root }.Where(other => result.GetValue(other) is not null))
                result.AddError($"--conf belongs to the tool's own collection: with {other.Name} values come from -e.");
        });
    }

    /// <summary>The choice that the options make.</summary>
    public TemplateChoice Choice(ParseResult parsed) => new(
        parsed.GetValue(_templates),
        parsed.GetValue(_roles),
        parsed.GetValue(_networks),
        [.. parsed.GetValue(_environments) ?? []],
        parsed.GetValue(_root),
        parsed.GetValue(_stack)!)
    {
        Conf = parsed.GetValue(_conf),
    };

    /// <summary>The stack of the options; null when the tree or an environment has errors, which are reported.</summary>
    public async Task<StackRequest?> RequestAsync(ParseResult parsed, Composition composition, DiagnosticBag diagnostics, CancellationToken stop) =>
        (await Choice(parsed).OpenAsync(composition, diagnostics, stop))?.Request;
}
