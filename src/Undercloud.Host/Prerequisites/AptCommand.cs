using System.Collections.Immutable;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Prerequisites;

/// <summary>How the program calls apt-get: it waits for another apt, asks nothing, and is not interrupted half-way by Ctrl-C.</summary>
internal static class AptCommand
{
    // needrestart may list what runs replaced files, and restarts nothing; apt-listchanges shows nothing.
    private static readonly ImmutableDictionary<string, string> s_quiet = ImmutableDictionary<string, string>.Empty
        .Add("DEBIAN_FRONTEND", "noninteractive").Add("LC_ALL", "C.UTF-8").Add("NEEDRESTART_MODE", "l").Add("APT_LISTCHANGES_FRONTEND", "none");

    /// <summary>The command line of apt-get with arguments.</summary>
    public static CommandLine Of(params ReadOnlySpan<string> arguments) =>
        new("apt-get", ["-o", "DPkg::Lock::Timeout=300", .. arguments]) { Environment = s_quiet, OwnSession = true };
}
