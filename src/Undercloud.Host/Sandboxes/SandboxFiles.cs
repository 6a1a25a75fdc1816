using System.Collections.Immutable;
using System.Text;

namespace Undercloud.Host.Sandboxes;

/// <summary>The files of a new sandbox that its image cannot contain.</summary>
internal static class SandboxFiles
{
    /// <summary>The path of the host's image store in the sandbox, read-only.</summary>
    public const string ImageStore = "/var/lib/undercloud-images";

    /// <summary>A shell script that writes the files, for standard input.</summary>
    public static string Script(string hostname, string storageDriver, string machineHosts, ImmutableArray<string> limits) => $"""
        set -e
        cat > /etc/hosts <<'END'
        {Hosts(hostname, machineHosts)}END
        mkdir -p /etc/containers/containers.conf.d
        cat > /etc/containers/containers.conf.d/50-undercloud-sandbox.conf <<'END'
        {Containers(limits)}END
        cat > /etc/containers/storage.conf <<'END'
        {Storage(storageDriver)}END

        """;

    // The host's names for other machines, such as a mirror, are copied; its names for itself are not.
    private static string Hosts(string hostname, string machineHosts)
    {
        var text = new StringBuilder("127.0.0.1\tlocalhost\n").Append($"127.0.1.1\t{hostname}\n").Append("::1\tlocalhost ip6-localhost ip6-loopback\n");
        foreach (var line in machineHosts.Split('\n').Select(line => line.Split('#')[0].Trim()))
        {
            var own = line.StartsWith("127.") || line.StartsWith("::1") || line.StartsWith("fe0") || line.StartsWith("ff0");
            if (line.Length > 0 && !own)
                text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    // podman takes a store with images for that of an older podman, and would then require CNI: name the network backend explicitly.
    private static string Containers(ImmutableArray<string> limits)
    {
        var text = limits.IsEmpty ? "" : $"[containers]\ndefault_ulimits = [{string.Join(", ", limits.Select(limit => $"\"{limit}\""))}]\n\n";
        return text + "[network]\nnetwork_backend = \"netavark\"\n";
    }

    private static string Storage(string driver) =>
        $"[storage]\ndriver = \"{driver}\"\nrunroot = \"/run/containers/storage\"\ngraphroot = \"/var/lib/containers/storage\"\n\n"
        + $"[storage.options]\nadditionalimagestores = [\"{ImageStore}\"]\n";
}
