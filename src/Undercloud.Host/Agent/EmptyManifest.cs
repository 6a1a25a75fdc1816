using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent;

/// <summary>Whether manifests are empty: an empty manifest uninstalls the node.</summary>
internal static class EmptyManifest
{
    public static bool IsEmpty(this NodeManifest manifest) =>
        manifest.Files.IsEmpty() && manifest.Certificates.Count == 0 && manifest.Firewall is null && manifest.Network.IsEmpty()
        && manifest.Cloud.Values.All(IsEmpty);

    public static bool IsEmpty(this NetworkManifest network) =>
        network is { IsLeftAlone: false, Interfaces.Count: 0, Bridges.Count: 0, Vlans.Count: 0, Nameservers.Count: 0, KernelSettings.Count: 0 };

    public static bool IsEmpty(this FilesManifest files) =>
        files is { Hostname: null, Directories.Count: 0, Files.Count: 0, Blocks.Count: 0, EnabledUnits.Count: 0 };

    public static bool IsEmpty(this CloudManifest cloud) =>
        cloud is { Projects.Count: 0, Roles.Count: 0, Domains.Count: 0, Users.Count: 0, Services.Count: 0 } && cloud.Resources.IsEmpty();
}
