namespace Undercloud.Deploy.Containers;

/// <summary>A container's properties besides its specification: its owner and its files on the host.</summary>
/// <param name="ConfigId">e.g. tripleo_step3.</param>
/// <param name="ManagedBy">e.g. tripleo-Undercloud.</param>
/// <param name="LogDirectory">The directory of containers' standard output, e.g. /var/log/containers/stdouts.</param>
/// <param name="RunDirectory">The directory of conmon's process ids and of the OCI runtime's state, e.g. /run.</param>
public sealed record ContainerPlacement(
    string ConfigId,
    string ManagedBy = ContainerLabels.DefaultManagedBy,
    string LogDirectory = "/var/log/containers/stdouts",
    string RunDirectory = "/run");
