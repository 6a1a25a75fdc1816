using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Containers;

/// <summary>The kinds of actions on a container.</summary>
public enum ContainerActionKind
{
    /// <summary>Remove the container and its unit.</summary>
    Remove,

    /// <summary>Create a service container that does not exist.</summary>
    Create,

    /// <summary>Create a service container in place of the old one.</summary>
    Replace,

    /// <summary>Start a service container that is up to date but does not run.</summary>
    Start,

    /// <summary>Change only the unit's file, or whether the unit is enabled.</summary>
    UpdateUnit,

    /// <summary>Run a one-shot.</summary>
    Run,

    /// <summary>Wait for a one-shot that still runs since an interrupted apply.</summary>
    Await,

    /// <summary>Run a command in a running container.</summary>
    Exec,
}

/// <summary>One action, with its reason.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The container, or the exec.</param>
/// <param name="Reason">Why, a few words for the operator.</param>
/// <param name="Spec">The desired container; null when it is removed.</param>
/// <param name="Existing">The present container of that name.</param>
/// <param name="Unit">The present unit of that name.</param>
public sealed record ContainerAction(
    ContainerActionKind Kind, string Name, string Reason, ContainerSpec? Spec = null, ContainerFact? Existing = null, UnitFact? Unit = null)
{
    public int StartOrder => Spec?.StartOrder ?? int.MinValue;

    public NodeChange ToChange() => new(Kind == ContainerActionKind.UpdateUnit ? "unit" : "container", Name, Verb, Reason);

    private string Verb => Kind switch
    {
        ContainerActionKind.Await => "run",
        ContainerActionKind.UpdateUnit => "update",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>The actions of an apply of one config id, in order: removals first, then by start order, execs last in each order.</summary>
/// <param name="Actions">Empty when the host is in the desired state.</param>
/// <param name="Problems">Why none of the actions may be done.</param>
public sealed record ContainerPlan(ImmutableArray<ContainerAction> Actions, ImmutableArray<Diagnostic> Problems);
