namespace Undercloud.Deploy.Diffs;

/// <summary>What becomes of a thing between two plans.</summary>
public enum PlanAction
{
    /// <summary>It is new.</summary>
    Create,

    /// <summary>It stays and is changed in place.</summary>
    Update,

    /// <summary>A container that is made anew, or a one-shot that runs again.</summary>
    Replace,

    /// <summary>It is no longer wanted.</summary>
    Remove,
}
