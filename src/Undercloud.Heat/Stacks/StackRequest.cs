using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>A stack to resolve.</summary>
public sealed record StackRequest
{
    /// <summary>The stack's name, also the root of every resource path.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the root template.</summary>
    public required string TemplatePath { get; init; }

    /// <summary>The tree that contains the templates.</summary>
    public required ITemplateFiles Files { get; init; }

    public HeatEnvironment Environment { get; init; } = HeatEnvironment.Empty;

    /// <summary>Parameters given in addition to the environment's; these win.</summary>
    public MapValue Parameters { get; init; } = MapValue.Empty;

    /// <summary>The value of <c>OS::project_id</c>.</summary>
    public string ProjectId { get; init; } = "00000000000000000000000000000000";

    /// <summary>
    /// The seed of all random values, together with their place in the tree. Where random strings are secrets the seed must be secret too; the empty
    /// seed is for examining templates.
    /// </summary>
    public string Seed { get; init; } = "";
}
