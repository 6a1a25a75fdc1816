using System.Collections.Immutable;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Host.Templates;

namespace Undercloud.Cli.Commands.Templates;

/// <summary>A stack that is ready to be resolved.</summary>
internal sealed record ChosenStack(StackRequest Request, ImmutableArray<RoleServices> Roles)
{
    public HeatEnvironment Environment => Request.Environment;
}
