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

    /// <summary>Ironic does something with the node, and another state comes after it.</summary>
    public static bool IsWorking(string state) => s_working.Contains(state);
}
