using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>Settings of the inventory beyond the stack's outputs; the defaults are those of tripleoclient's undercloud commands.</summary>
public sealed record InventoryOptions
{
    public string SshUser { get; init; } = "root";

    /// <summary>The network whose addresses Ansible uses.</summary>
    public string HostNetwork { get; init; } = "ctlplane";

    /// <summary>The role whose host is this one; it gets a local connection.</summary>
    public string LocalRole { get; init; } = "Undercloud";

    public string PythonInterpreter { get; init; } = "/usr/bin/python3";

    /// <summary>The environment's parameter defaults: queens takes AdminPassword from there, train ContainerCli.</summary>
    public MapValue ParameterDefaults { get; init; } = MapValue.Empty;
}
