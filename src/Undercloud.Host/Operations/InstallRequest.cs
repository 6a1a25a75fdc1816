using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>How far an install goes.</summary>
public enum InstallGoal
{
    /// <summary>The plan is applied.</summary>
    Apply,

    /// <summary>Only the Ansible project is written.</summary>
    Project,

    /// <summary>The plan is made and shown; nothing is written.</summary>
    Plan,
}

/// <summary>The request for an install.</summary>
/// <param name="Inputs">The plan's inputs.</param>
/// <param name="Command">The command for the records: install, deploy or upgrade.</param>
/// <param name="Goal">How far the install goes.</param>
public sealed record InstallRequest(RunRequest Inputs, string Command, InstallGoal Goal)
{
    /// <summary>Whether existing images are rebuilt when their definition or Debian's packages are newer.</summary>
    public bool RenewsImages { get; init; }

    /// <summary>Whether the services' tasks for an update are run as well.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>Whether the Debian packages of the nodes are upgraded.</summary>
    public bool UpgradesPackages { get; init; }

    /// <summary>Whether a run that fails applies the previous generation again.</summary>
    public bool RollsBack { get; init; }

    /// <summary>The lock of the operation that this install is a part of; null to take it.</summary>
    public RunLock? Held { get; init; }

    /// <summary>Puts back data before the play; null for an install without a backup.</summary>
    public Func<PreparedRun, CancellationToken, Task>? RestoresAsync { get; init; }

    /// <summary>The plan that the inputs must give, as <c>diff -o</c> saved it; null for no such condition.</summary>
    public SavedPlan? Saved { get; init; }
}
