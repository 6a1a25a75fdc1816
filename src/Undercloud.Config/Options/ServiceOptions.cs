using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Options that select services and configure them.</summary>
public static class ServiceOptions
{
    public static ConfigOption Debug { get; } = new("undercloud_debug", OptionTypes.Boolean, true,
        "Whether the services log at the debug level.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters = [new("Debug"), new("ContainerImagePrepareDebug") { Releases = ConfigRelease.FromStein }],
        Computed = ["IronicInspectorKernelArgs"],
    };

    public static ConfigOption EnableIronic { get; } = new("enable_ironic", OptionTypes.Boolean, true,
        "Whether there is Ironic, the service of bare metal nodes.")
    {
        Releases = ConfigRelease.Client,
        Effect = OptionEffect.Applied,
        Environments = ["environments/services/ironic.yaml"],
    };

    public static ConfigOption EnableIronicInspector { get; } = new("enable_ironic_inspector", OptionTypes.Boolean, true,
        "Whether there is Ironic Inspector, which finds out what a node has. It needs enable_ironic.")
    {
        Releases = ConfigRelease.Client,
        Effect = OptionEffect.Applied,
        Environments = ["environments/services/ironic-inspector.yaml"],
    };

    public static ConfigOption EnableNova { get; } = new("enable_nova", OptionTypes.Boolean, true,
        "Whether there is Nova, which places instances on bare metal nodes.")
    {
        Releases = ConfigRelease.FromTrain,
        Effect = OptionEffect.Applied,
        FormerDefaults = [new(ConfigRelease.Victoria | ConfigRelease.Wallaby, false)],
        EnvironmentsWhenOff = ["environments/undercloud-disable-nova.yaml"],
    };

    public static ConfigOption EnableMistral { get; } = new("enable_mistral", OptionTypes.Boolean, true,
        "Whether there is Mistral, the workflow service.")
    {
        Releases = ConfigRelease.Client,
        FormerDefaults = [new(ConfigRelease.Victoria | ConfigRelease.Wallaby, false)],
        Environments = ["environments/services/mistral.yaml"],
    };

    public static ConfigOption EnableZaqar { get; } = new("enable_zaqar", OptionTypes.Boolean, true,
        "Whether there is Zaqar, the messaging service that Mistral's workflows report through.")
    {
        Releases = ConfigRelease.Client,
        FormerDefaults = [new(ConfigRelease.Victoria | ConfigRelease.Wallaby, false)],
        Environments = ["environments/services/zaqar-swift-backend.yaml"],
    };

    public static ConfigOption EnableSwift { get; } = new("enable_swift", OptionTypes.Boolean, true,
        "Whether there is Swift, the object store.")
    {
        Releases = ConfigRelease.Wallaby,
        FormerDefaults = [new(ConfigRelease.Wallaby, false)],
        Effect = OptionEffect.Applied,
        EnvironmentsWhenOff = ["environments/disable-swift.yaml"],
    };

    public static ConfigOption EnableKeystone { get; } = Always("enable_keystone", "Whether there is Keystone, the identity service.",
        "Keystone is always there: every client and service logs in with it.");

    public static ConfigOption EnableNeutron { get; } = Always("enable_neutron", "Whether there is Neutron, the network service.",
        "Neutron is always there: nodes get their addresses from it.") with
    {
        FormerDefaults = [],
    };

    public static ConfigOption EnableHeat { get; } = Always("enable_heat", "Whether there is Heat, the service that deploys stacks.",
        "Heat is always there: overclouds are its stacks.");

    public static ConfigOption EnableFrr { get; } = new("enable_frr", OptionTypes.Boolean, false,
        "Whether there is FRR, which announces the undercloud's addresses with BGP.")
    {
        Releases = ConfigRelease.Wallaby,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason = "The installation sets up no routing with BGP.",
        Instead = "Install and configure FRR on the host, as Debian's package frr has it.",
    };

    public static ConfigOption TokenLifetime { get; } = new("auth_token_lifetime", OptionTypes.Integer(1, int.MaxValue), 14400,
        "How long a token of Keystone is good for, in seconds. Deployments that take longer than that fail.")
    {
        Releases = ConfigRelease.Wallaby,
        Effect = OptionEffect.Applied,

        // The templates have the same default; when the option is left at it, container_images_file may set another value.
        Parameters = [HeatParameter.Own("TokenExpiration", value => value == 14400 ? Value.Null : value)],
    };

    public static ConfigOption EnableSwiftEncryption { get; } = new("enable_swift_encryption", OptionTypes.Boolean, false,
        "Whether Swift encrypts what it stores; its key is kept in Barbican.")
    {
        Releases = ConfigRelease.FromRocky,
        Computed = ["SwiftEncryptionEnabled", "BarbicanSimpleCryptoGlobalDefault"],
        Environments = ["environments/services/barbican.yaml", "environments/barbican-backend-simple-crypto.yaml"],
    };

    public static ConfigOption EnableCinder { get; } = new("enable_cinder", OptionTypes.Boolean, false,
        "Whether there is Cinder, the volume service.")
    {
        Releases = ConfigRelease.All,
        Environments = ["environments/services/undercloud-cinder.yaml"],
    };

    public static ConfigOption EnableTelemetry { get; } = new("enable_telemetry", OptionTypes.Boolean, false,
        "Whether there are the telemetry services Ceilometer, Gnocchi and Aodh.")
    {
        Releases = ConfigRelease.All,
        Environments =
        [
            "environments/services/undercloud-gnocchi.yaml",
            "environments/services/undercloud-aodh.yaml",
            "environments/services/undercloud-panko.yaml",
            "environments/services/undercloud-ceilometer.yaml",
        ],
        EnvironmentsWhenOff = ["environments/disable-telemetry.yaml"],
    };

    public static ConfigOption EnableTempest { get; } = new("enable_tempest", OptionTypes.Boolean, true,
        "Whether to have Tempest, the test suite of OpenStack.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Environments = ["environments/services/tempest.yaml"],
    };

    public static ConfigOption EnableValidations { get; } = new("enable_validations", OptionTypes.Boolean, true,
        "Whether the host is checked before an installation.")
    {
        Releases = ConfigRelease.All,
        Computed = ["EnableValidations", "UndercloudConfigFilePath"],
        Environments = ["environments/tripleo-validations.yaml"],
    };

    public static ConfigOption EnableUi { get; } = new("enable_ui", OptionTypes.Boolean, true,
        "Whether there is the web interface of TripleO.")
    {
        Releases = ConfigRelease.Instack | ConfigRelease.Queens
            | ConfigRelease.Rocky | ConfigRelease.Stein,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason =
            "The web interface of TripleO was given up in train.",
        Instead =
            "Use the command line, or the OpenStack dashboard of the distribution.",
    };

    public static ConfigOption EnableNovajoin { get; } = new("enable_novajoin", OptionTypes.Boolean, false,
        "Whether there is Novajoin, which enrols instances with FreeIPA.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason =
            "Novajoin was given up in victoria and is in no Debian release.",
        Instead =
            "Enrol nodes with FreeIPA when they are deployed, with tripleo-ipa's playbooks.",
        Computed = ["NovajoinIpaOtp"],
    };

    public static ConfigOption EnableLegacyCeilometerApi { get; } = new("enable_legacy_ceilometer_api", OptionTypes.Boolean, false,
        "Whether there is Ceilometer's own API.")
    {
        Releases = ConfigRelease.InstackPike,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason =
            "Ceilometer has had no API since queens.",
        Instead =
            "Ask Gnocchi and Aodh: enable_telemetry = true.",
    };

    public static ConfigOption EnableLegacyCeilometerCollector { get; } = new("enable_legacy_ceilometer_collector", OptionTypes.Boolean,
        false,
        "Whether there is Ceilometer's collector.")
    {
        Releases = ConfigRelease.InstackPike,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason =
            "Ceilometer has had no collector since queens.",
        Instead =
            "Samples go to Gnocchi: enable_telemetry = true.",
    };

    public static ConfigOption SchedulerMaxAttempts { get; } = new("scheduler_max_attempts", OptionTypes.Integer(1, 1_000_000), 30,
        "How many nodes Nova tries for an instance. It should be no less than the number of nodes deployed at once.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters = [new("NovaSchedulerMaxAttempts")],
    };

    public static ConfigOption TimeZone { get; } = new("undercloud_timezone", OptionTypes.TimeZone, Value.Null,
        "The host's time zone. Unset, it stays as it is.")
    {
        Releases = ConfigRelease.FromStein,
        Computed = ["TimeZone"],
        EmptyIsUnset = true,
    };

    public static ConfigOption EnableSelinux { get; } = new("undercloud_enable_selinux", OptionTypes.Boolean, true,
        "Whether SELinux is enforced.")
    {
        Releases = ConfigRelease.FromRocky,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason =
            "Debian confines services with AppArmor and has no SELinux policy for them.",
        Instead =
            "Take the line out.",
        Parameters =
        [
            new("SELinuxMode", on => on is BooleanValue { Flag: true } ? "enforcing" : "permissive") { Releases = ConfigRelease.FromRocky },
        ],
    };

    public static ConfigOption UpdatePackages { get; } = new("undercloud_update_packages", OptionTypes.Boolean, false,
        "Whether an installation updates the host's packages first.")
    {
        Releases = ConfigRelease.All & ~ConfigRelease.Wallaby,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason =
            "The installation adds the packages it needs and updates no others.",
        Instead =
            "Run `apt-get upgrade` before it.",
        FormerDefaults = [new(ConfigRelease.Instack, true)],
    };

    public static ConfigOption UpgradeCleanup { get; } = new("upgrade_cleanup", OptionTypes.Boolean, false,
        "Whether an upgrade to containers removes the packages that are no longer used.")
    {
        Releases = ConfigRelease.Rocky | ConfigRelease.Stein | ConfigRelease.Train | ConfigRelease.Ussuri | ConfigRelease.Victoria,
        Parameters = [new("UpgradeRemoveUnusedPackages") { Releases = ConfigRelease.FromRocky }],
    };

    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        Debug, EnableKeystone, EnableNeutron, EnableHeat, EnableIronic, EnableIronicInspector, EnableNova, EnableMistral, EnableZaqar, EnableSwift, EnableSwiftEncryption,
        EnableCinder, EnableTelemetry, EnableTempest, EnableFrr, EnableValidations, EnableUi, EnableNovajoin, EnableLegacyCeilometerApi,
        EnableLegacyCeilometerCollector, SchedulerMaxAttempts, TokenLifetime, TimeZone, EnableSelinux, UpdatePackages, UpgradeCleanup,
    ];

    // The released wallaby has them as options; keystone and heat are off there, but this tool needs both.
    private static ConfigOption Always(string name, string help, string reason) => new(name, OptionTypes.Boolean, true, help)
    {
        Releases = ConfigRelease.Wallaby,
        Effect = OptionEffect.None,
        SoAnyway = true,
        Reason = reason,
        Instead = "Take the line out.",
        FormerDefaults = [new(ConfigRelease.Wallaby, false)],
    };
}
