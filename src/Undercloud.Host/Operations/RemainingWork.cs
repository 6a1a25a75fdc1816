namespace Undercloud.Host.Operations;

/// <summary>What is left to play of a plan that is already applied.</summary>
public enum RemainingWork
{
    /// <summary>The whole playbook: a node differs from the plan, or there is something to wait for or to report.</summary>
    All,

    /// <summary>Only the services' own tasks, which cannot be compared.</summary>
    TemplateTasks,

    /// <summary>Nothing: every node matches the plan.</summary>
    Nothing,
}
