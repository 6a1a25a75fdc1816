using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Containers;

/// <summary>What has to be done about one container.</summary>
public enum ContainerActionKind
{
    /// <summary>Container and unit go.</summary>
    Remove,

    /// <summary>A service that is not there yet.</summary>
    Create,

    /// <summary>A service that is made anew in place of the old one.</summary>
    Replace,

    /// <summary>A service that is right and does not run.</summary>
    Start,

    /// <summary>Only the unit's file or whether it is enabled.</summary>
    UpdateUnit,

    /// <summary>A one-shot.</summary>
    Run,

    /// <summary>A one-shot that still runs since an apply that was interrupted: its end is waited for.</summary>
    Await,

    /// <summary>A command in a running container.</summary>
    Exec,
}

/// <summary>One thing to do, with its reason.</summary>
/// <param name="Kind">What.</param>
/// <param name="Name">The container, or the exec.</param>
/// <param name="Reason">Why, a few words for the operator.</param>
/// <param name="Spec">What is wanted; null when it is removed.</param>
/// <param name="Existing">The container of that name as it is now.</param>
/// <param name="Unit">The unit of that name as it is now.</param>
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

/// <summary>What an apply of one config id does, in order: removals first, then by start order, execs last in each.</summary>
/// <param name="Actions">Empty when everything is as it should be.</param>
/// <param name="Problems">Why nothing of it may be done.</param>
public sealed record ContainerPlan(ImmutableArray<ContainerAction> Actions, ImmutableArray<Diagnostic> Problems);
