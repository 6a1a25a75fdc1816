using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The inventory's group of the deploying host. The fields about an older undercloud's Keystone are null, since there is none.</summary>
internal static class InventoryLocalhost
{
    private static readonly string[] s_unknown = ["auth_url", "cacert", "os_auth_token", "project_name", "undercloud_swift_url", "username"];

    private static readonly string[] s_queensServices =
    [
        "openstack-nova-compute", "openstack-heat-engine", "openstack-ironic-conductor", "openstack-swift-container", "openstack-swift-object",
        "openstack-mistral-engine",
    ];

    private static readonly string[] s_trainServices =
    [
        "tripleo_nova_compute", "tripleo_heat_engine", "tripleo_ironic_conductor", "tripleo_swift_container_server", "tripleo_swift_object_server",
        "tripleo_mistral_engine",
    ];

    public static MapValue Group(ConfigDownloadRequest request, OutputNode outputs, ConfigDownloadLayout layout) => new(
    [
        new("hosts", new MapValue([new("undercloud", MapValue.Empty)])),
        new("vars", new MapValue(Variables(request, outputs, layout))),
    ]);

    private static IEnumerable<KeyValuePair<string, Value>> Variables(ConfigDownloadRequest request, OutputNode outputs, ConfigDownloadLayout layout)
    {
        var queens = layout == ConfigDownloadLayout.Queens;
        yield return new("ansible_host", "localhost");
        yield return new("ansible_connection", "local");
        yield return new("ansible_remote_tmp", "/tmp/ansible-${USER}");
        yield return new("plan", request.Stack);
        foreach (var name in s_unknown)
            yield return new(name, Value.Null);
        yield return new("undercloud_service_list", new ListValue([.. (queens ? s_queensServices : s_trainServices).Select(name => (Value)name)]));
        if (!queens)
        {
            yield return new("ansible_python_interpreter", request.Inventory.PythonInterpreter);
            yield return new("any_error_fatal", true);
            yield return new("max_fail_percentage", 0);
        }

        (string Name, Value? Value)[] fromStack =
        [
            ("overcloud_admin_password", queens ? request.Inventory.ParameterDefaults["AdminPassword"] : outputs["AdminPassword"].Value),
            ("overcloud_keystone_url", outputs["KeystoneURL"].Value),
            ("overcloud_horizon_url", outputs["EndpointMap"]["HorizonPublic"]["uri"].Value),
        ];
        foreach (var (name, value) in fromStack)
        {
            if (value is not null && !PythonTruth.IsFalse(value))
                yield return new(name, value);
        }
    }
}
