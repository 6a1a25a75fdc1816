using System.Collections.Immutable;
using System.Text;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>
/// What the nodes of one sandbox know of each other: names, addresses and SSH keys, so that root of each node can log in to every node without a prompt.
/// Private keys are generated on their node and never leave it.
/// </summary>
internal sealed class SandboxPeers(IProcessRunner processes)
{
    private const string Begin = "# Nodes of the sandbox";
    private const string End = "# End of the nodes of the sandbox";
    private const string KnownHosts = "/etc/ssh/ssh_known_hosts";

    /// <summary>Generates the keys of new nodes, distributes the public keys to all nodes, and starts the SSH servers.</summary>
    /// <exception cref="SandboxException">A node generated no keys.</exception>
    public async Task IntroduceAsync(ImmutableArray<SandboxNode> nodes, CancellationToken stop)
    {
        var hostKeys = new StringBuilder();
        var userKeys = new StringBuilder();
        foreach (var node in nodes)
        {
            var made = (await node.ExecAsync(["sh"], KeyScript(node.HostName), stop)).OrThrow();
            if (made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) is not [var host, var user])
                throw new SandboxException($"{node.Container} generated no SSH keys. Output: {made.Output.Trim()}");
            hostKeys.Append($"{node.HostName} {host}\n");
            userKeys.Append($"{user}\n");
        }

        foreach (var node in nodes)
            (await node.ExecAsync(["sh"], TrustScript(hostKeys.ToString(), userKeys.ToString()), stop)).OrThrow();
        await TellAddressesAsync(nodes, stop);
    }

    /// <summary>Tells running nodes each other's address on eth0, which podman assigns anew at every start.</summary>
    public async Task TellAddressesAsync(ImmutableArray<SandboxNode> nodes, CancellationToken stop)
    {
        // The segment has no addresses, so the only address is that of eth0.
        var inspected = (await processes.RunAsync(
            new("podman", ["inspect", "--format", "{{.Name}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", .. nodes.Select(node => node.Container)]), stop)).OrThrow();
        var addresses = inspected.Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length == 2).ToDictionary(words => words[0], words => words[1]);
        if (nodes.FirstOrDefault(node => !addresses.ContainsKey(node.Container)) is { } without)
            throw new SandboxException($"{without.Container} has no address. podman says: {inspected.Output.Trim()}");
        var script = AddressScript([.. nodes.Select(node => (node.HostName, addresses[node.Container]))]);
        foreach (var node in nodes)
            (await node.ExecAsync(["sh"], script, stop)).OrThrow();
    }

    // Prints the host's public key, then root's.
    private static string KeyScript(string hostName) => $"""
        set -e
        umask 077
        mkdir -p /root/.ssh
        rm -f /etc/ssh/ssh_host_*
        ssh-keygen -q -t ed25519 -N '' -C root@{hostName} -f /etc/ssh/ssh_host_ed25519_key
        ssh-keygen -q -t ed25519 -N '' -C root@{hostName} -f /root/.ssh/id_ed25519
        cat /etc/ssh/ssh_host_ed25519_key.pub /root/.ssh/id_ed25519.pub

        """;

    private static string TrustScript(string hostKeys, string userKeys) => $"""
        set -e
        cat > {KnownHosts} <<'END'
        {hostKeys}END
        umask 077
        cat > /root/.ssh/authorized_keys <<'END'
        {userKeys}END
        systemctl enable --quiet --now ssh.service

        """;

    // Both files may have other lines. A node that does not run keeps its line in the known keys and has none in the hosts file.
    private static string AddressScript(ImmutableArray<(string Name, string Address)> nodes)
    {
        var hosts = string.Concat(nodes.Select(node => $"{node.Address}\t{node.Name}\n"));
        var known = string.Join(' ', nodes.Select(node => $@"-e 's/^{node.Name}\(,[^ ]*\)* /{node.Name},{node.Address} /'"));
        return $"""
            set -e
            sed '/^{Begin}$/,/^{End}$/d' /etc/hosts > /etc/hosts.new
            cat >> /etc/hosts.new <<'END'
            {Begin}
            {hosts}{End}
            END
            mv /etc/hosts.new /etc/hosts
            sed -i {known} {KnownHosts}

            """;
    }
}
