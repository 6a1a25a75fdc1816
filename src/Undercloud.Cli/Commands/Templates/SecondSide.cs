using System.Collections.Immutable;
using System.CommandLine;

namespace Undercloud.Cli.Commands.Templates;

/// <summary>The options for the second side of a comparison. Anything they do not set is the same as on the first side.</summary>
internal sealed class SecondSide
{
    private readonly Option<string?> _templates = new("--to-templates")
    {
        Description = "The second side's directory of templates. Default: the first side's.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _roles = new("--to-roles-file")
    {
        Description = "The second side's roles file. Default: the first side's.",
        HelpName = "ROLES",
    };

    private readonly Option<string?> _networks = new("--to-networks-file")
    {
        Description = "The second side's networks file. Default: the first side's.",
        HelpName = "NETWORKS",
    };

    private readonly Option<string[]> _environments = new("--to-environment-file")
    {
        Description = "An environment file of the second side; replaces all those of the first side. Default: the first side's.",
        HelpName = "ENV",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_templates, _roles, _networks, _environments])
            command.Add(option);
    }

    /// <summary>The second side; null when no option is set.</summary>
    public TemplateChoice? Choice(ParseResult parsed, TemplateChoice first)
    {
        var (templates, roles, networks) = (parsed.GetValue(_templates), parsed.GetValue(_roles), parsed.GetValue(_networks));
        var environments = (parsed.GetValue(_environments) ?? []).ToImmutableArray();
        if ((templates ?? roles ?? networks) is null && environments.IsEmpty)
            return null;
        string Kept(string path) => InOther(path, first.Templates, templates);
        return first with
        {
            Templates = templates ?? first.Templates,
            Roles = roles ?? (first.Roles is null ? null : Kept(first.Roles)),
            Networks = networks ?? (first.Networks is null ? null : Kept(first.Networks)),
            Environments = environments.IsEmpty ? [.. first.Environments.Select(Kept)] : environments,
        };
    }

    // A file of the first tree stands for the file with that name in the second tree.
    private static string InOther(string path, string? tree, string? other)
    {
        if (tree is null || other is null)
            return path;
        var inside = Path.GetRelativePath(tree, path);
        return inside.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(inside) || (!Path.IsPathRooted(path) && !File.Exists(path))
            ? path
            : Path.Combine(Path.GetFullPath(other), inside);
    }
}
