using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>How far an install goes.</summary>
public enum InstallGoal
{
    /// <summary>The host is what the plan says.</summary>
    Apply,

    /// <summary>The Ansible project is written, and nothing beside it.</summary>
    Project,

    /// <summary>The plan is made and shown; nothing is written.</summary>
    Plan,
}

/// <summary>What an install is asked for.</summary>
/// <param name="Inputs">What the plan is made from.</param>
/// <param name="Command">The command, for records: install, deploy, upgrade.</param>
/// <param name="Goal">How far it goes.</param>
public sealed record InstallRequest(RunRequest Inputs, string Command, InstallGoal Goal)
{
    /// <summary>Whether images that are there are built anew where their definition or Debian's packages are newer.</summary>
    public bool RenewsImages { get; init; }

    /// <summary>Whether a run that fails applies the previous generation again.</summary>
    public bool RollsBack { get; init; }

    /// <summary>The plan that must come out, as <c>diff -o</c> saved it; null for whatever comes out.</summary>
    public SavedPlan? Saved { get; init; }
}
