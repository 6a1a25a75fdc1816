namespace Undercloud.Host.Operations;

/// <summary>What is left to play of a plan that is applied already.</summary>
public enum RemainingWork
{
    /// <summary>The whole playbook: a node differs from the plan, or there is something to wait for or to say.</summary>
    All,

    /// <summary>Only the services' own tasks, which cannot be compared.</summary>
    TemplateTasks,

    /// <summary>Nothing: every node is as the plan has it.</summary>
    Nothing,
}
