using System.Collections.Frozen;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Ironic's provision states, as far as enrolment tells them apart.</summary>
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

    /// <summary>Nobody uses the node, and Ironic does nothing with it.</summary>
    public static bool IsIdle(string state) => s_idle.Contains(state);

    /// <summary>What Ironic did last with the node failed, and nobody uses it.</summary>
    public static bool IsFailed(string state) => IsIdle(state) && state.EndsWith(" failed", StringComparison.Ordinal);

    /// <summary>Ironic waits for what runs on the node, and can be told not to.</summary>
    public static bool CanBeAborted(string state) => state is "inspect wait" or "clean wait";

    /// <summary>Ironic does something with the node, and another state comes after it.</summary>
    public static bool IsWorking(string state) => s_working.Contains(state);
}
