using System.Runtime.InteropServices;

namespace Undercloud.Host.Processes;

/// <summary>kill(2), which .NET offers only for SIGKILL and only for one process.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal to a process, or to a process group when <paramref name="id"/> is negative; a process that has ended is no error.</summary>
    public static void Send(int id, int signal) => _ = NativeKill(id, signal);

    /// <summary>Whether a process, or any process of a group, exists.</summary>
    public static bool IsThere(int id) => NativeKill(id, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int NativeKill(int id, int signal);
}
