using System.Collections.Immutable;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;

namespace Undercloud.Cli.Commands.Templates;

/// <summary>A stack that is ready to be resolved.</summary>
internal sealed record ChosenStack(StackRequest Request, ImmutableArray<NodeRole> Roles)
{
    public HeatEnvironment Environment => Request.Environment;
}
