namespace Undercloud.Deploy.Diffs;

/// <summary>The action on a thing between two plans.</summary>
public enum PlanAction
{
    /// <summary>The thing is new.</summary>
    Create,

    /// <summary>The thing stays and is changed in place.</summary>
    Update,

    /// <summary>A container is replaced, or a one-shot runs again.</summary>
    Replace,

    /// <summary>The plan no longer has the thing.</summary>
    Remove,
}
