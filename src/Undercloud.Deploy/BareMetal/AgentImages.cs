using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>
/// The agent's kernel and ramdisk of nodes whose architecture, or platform, has its own: DIRECTORY/PLATFORM-ARCH/agent.kernel or DIRECTORY/ARCH/agent.kernel
/// (update_nodes_deploy_data in tripleoclient/utils.py). All other nodes use the conductor's images.
/// </summary>
public static class AgentImages
{
    /// <summary>The conductor's own directory.</summary>
    public const string Directory = "/var/lib/ironic/httpboot";

    /// <summary>The node, with the images that exist for it.</summary>
    public static WantedNode Add(WantedNode node, string directory, Func<string, bool> exists)
    {
        var arch = Scalars.Text(node.Properties["cpu_arch"]);
        string?[] places = [arch is null || node.Platform is null ? null : $"{node.Platform}-{arch}/", arch is null ? null : $"{arch}/", directory == Directory ? null : ""];
        foreach (var kind in new[] { "kernel", "ramdisk" })
        {
            if (node.DriverInfo.ContainsKey($"deploy_{kind}"))
                continue;
            if (places.OfType<string>().Select(place => $"{directory}/{place}agent.{kind}").FirstOrDefault(exists) is { } file)
                node = node with { DriverInfo = node.DriverInfo.With($"deploy_{kind}", $"file://{file}").With($"rescue_{kind}", $"file://{file}") };
        }

        return node;
    }
}
