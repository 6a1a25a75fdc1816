using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Nodes;

/// <summary>A node of the cloud.</summary>
/// <param name="Name">Its name in the inventory, in messages and in records; unique.</param>
/// <param name="Role">Its role, by the name in the roles file.</param>
/// <param name="Address">Its address on the control plane, with prefix length; unique.</param>
public sealed record CloudNode(string Name, string Role, AddressWithPrefix Address)
{
    /// <summary>The interface of the control plane; null for that of undercloud.conf.</summary>
    public string? Interface { get; init; }

    /// <summary>How the node is reached; null for the deploying host itself.</summary>
    public SshConnection? Connection { get; init; }

    /// <summary>Where the nodes file has it; null for a node of no file.</summary>
    public SourceSpan? Place { get; init; }
}
