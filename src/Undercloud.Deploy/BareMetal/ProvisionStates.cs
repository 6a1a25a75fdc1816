using System.Collections.Frozen;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Ironic's provision states, as far as enrolment distinguishes them.</summary>
public static class ProvisionStates
{
    public const string Enroll = "enroll";
    public const string Manageable = "manageable";
    public const string Available = "available";

    private static readonly FrozenSet<string> s_idle =
        FrozenSet.Create(StringComparer.Ordinal, Enroll, Manageable, Available, "inspect failed", "clean failed", "adopt failed");

    private static readonly FrozenSet<string> s_working = FrozenSet.Create(
        StringComparer.Ordinal,
        "verifying", "inspecting", "inspect wait", "cleaning", "clean wait", "adopting", "deploying", "wait call-back", "deploy hold", "clean hold", "deleting",
        "rebuild", "rescuing", "rescue wait", "unrescuing", "servicing", "service wait", "service hold");

    /// <summary>Whether nobody uses a node in this state, and Ironic does not work on it.</summary>
    public static bool IsIdle(string state) => s_idle.Contains(state);

    /// <summary>Whether Ironic's last action on a node in this state failed, and nobody uses the node.</summary>
    public static bool IsFailed(string state) => IsIdle(state) && state.EndsWith(" failed", StringComparison.Ordinal);

    /// <summary>Whether Ironic waits for the agent on the node, and the wait can be aborted.</summary>
    public static bool CanBeAborted(string state) => state is "inspect wait" or "clean wait";

    /// <summary>Whether Ironic works on the node, and another state follows.</summary>
    public static bool IsWorking(string state) => s_working.Contains(state);
}
