using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The option table: every option of undercloud.conf that has an effect, in the order of the sample file.</summary>
public static class UndercloudOptions
{
    public static ConfigOption Hostname { get; } = new("undercloud_hostname", OptionTypes.FullyQualifiedName, Value.Null,
        "The host's fully qualified name, which the installation sets. Unset, the host keeps the name it has.")
    {
        EmptyIsUnset = true,
        Parameters = [new("UndercloudHostname")],
    };

    public static ConfigOption LocalIp { get; } = new("local_ip", OptionTypes.InterfaceAddress, "192.168.24.1/24",
        "The undercloud's address on the control plane, with the prefix length of its network.")
    {
        Parameters = [new("ControlPlaneIp", WithoutPrefix), new("ControlPlaneCidr")],
    };

    public static ConfigOption PublicHost { get; } = new("undercloud_public_host", OptionTypes.Host, "192.168.24.2",
        "The address or DNS name of the public API endpoints. An address lies in the network of local_ip.")
    {
        DeprecatedNames = ["undercloud_public_vip"],
        Parameters = [new("CloudName")],
    };

    public static ConfigOption AdminHost { get; } = new("undercloud_admin_host", OptionTypes.Host, "192.168.24.3",
        "The address or DNS name of the internal and admin API endpoints. An address lies in the network of local_ip.")
    {
        DeprecatedNames = ["undercloud_admin_vip"],
        Parameters = [new("CloudNameCtlplane")],
    };

    public static ConfigOption LocalInterface { get; } = new("local_interface", OptionTypes.Interface, "eth1",
        "The network interface that is attached to the control plane.")
    {
        Parameters = [new("ControlPlaneInterface")],
    };

    public static ConfigOption LocalMtu { get; } = new("local_mtu", OptionTypes.Integer(1000, 65536), 1500,
        "The MTU of local_interface and of the control plane's network.")
    {
        Parameters = [new("ControlPlaneMtu")],
    };

    public static ConfigOption NtpServers { get; } = new("undercloud_ntp_servers", OptionTypes.ListOf(OptionTypes.Host),
        new ListValue(["0.pool.ntp.org", "1.pool.ntp.org", "2.pool.ntp.org", "3.pool.ntp.org"]),
        "The time servers the undercloud asks.")
    {
        Parameters = [new("NtpServer")],
    };

    public static ConfigOption Debug { get; } = new("undercloud_debug", OptionTypes.Boolean, true,
        "Whether the services log at the debug level.")
    {
        Parameters = [new("Debug")],
    };

    public static ConfigOption LogFile { get; } = new("undercloud_log_file", OptionTypes.Path, "install-undercloud.log",
        "The log of the installation.")
    {
        RelativeToHome = true,
    };

    public static ConfigOption OutputDirectory { get; } = new("output_dir", OptionTypes.Path, ".",
        "The directory for what the installation writes: the Ansible project and the passwords. Unset, the home directory.")
    {
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption CustomEnvironmentFiles { get; } = new("custom_env_files", OptionTypes.ListOf(OptionTypes.Path),
        ListValue.Empty, "Heat environment files to add after all others, so that they win.")
    {
        RelativeToHome = true,
    };

    public static ConfigOption ContainerImagesFile { get; } = new("container_images_file", OptionTypes.Path, Value.Null,
        "A Heat environment file that names the container images.")
    {
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption Templates { get; } = new("templates", OptionTypes.Path, Value.Null,
        "The directory of Heat templates to use in place of the ones that come with the tool.")
    {
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption RolesFile { get; } = new("roles_file", OptionTypes.Path, Value.Null,
        "The file that says which services the undercloud has. A relative path starts at the templates.")
    {
        EmptyIsUnset = true,
    };

    /// <summary>Every option.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        Hostname, LocalIp, PublicHost, AdminHost, LocalInterface, LocalMtu, NtpServers, Debug, LogFile, OutputDirectory,
        CustomEnvironmentFiles, ContainerImagesFile, Templates, RolesFile,
    ];

    private static Value WithoutPrefix(Value cidr) => ((StringValue)cidr).Text.Split('/')[0];
}
