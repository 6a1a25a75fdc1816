namespace Undercloud.Deploy.Containers;

/// <summary>What a container gets besides its specification: whose it is and where its files on the host are.</summary>
/// <param name="ConfigId">e.g. tripleo_step3.</param>
/// <param name="ManagedBy">e.g. tripleo-Undercloud.</param>
/// <param name="LogDirectory">Where a container's standard output goes, e.g. /var/log/containers/stdouts.</param>
/// <param name="RunDirectory">Where conmon's process ids go, e.g. /run.</param>
public sealed record ContainerPlacement(
    string ConfigId,
    string ManagedBy = ContainerLabels.DefaultManagedBy,
    string LogDirectory = "/var/log/containers/stdouts",
    string RunDirectory = "/run");
