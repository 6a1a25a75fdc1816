using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.HostNetwork;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The planner's input besides the services.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Release">The OpenStack release.</param>
/// <param name="Node">The node's name in the inventory.</param>
/// <param name="Role">Its role.</param>
/// <param name="ImageIds">Image names to ids, for every existing image.</param>
/// <param name="ExtraFiles">Files besides the services' own: stackrc, clouds.yaml, the tool's.</param>
public sealed record PlanInputs(
    string Stack,
    string Release,
    string Node,
    string Role,
    IReadOnlyDictionary<string, string> ImageIds,
    ImmutableArray<FileEntry> ExtraFiles)
{
    /// <summary>The parameters that services' overrides come from, for findings.</summary>
    public ImmutableArray<OverrideParameter> Overrides { get; init; } = [];

    /// <summary>The operator's network, which replaces that of the services; null when the operator has none.</summary>
    public NetworkManifest? Network { get; init; }

    /// <summary>local_ip without its prefix length.</summary>
    public string LocalAddress { get; init; } = "";

    /// <summary>Every text that must not appear in podman's output.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];

    /// <summary>Finds the place of a key of a service's role data in its template: the service's name and the keys; null for unknown.</summary>
    public Func<string, string[], SourceSpan?> Locate { get; init; } = (_, _) => null;

    /// <summary>Whether containers have their health checks.</summary>
    public bool HealthChecks { get; init; } = true;

    /// <summary>How the node is reached; null for the deploying host itself.</summary>
    public SshConnection? Connection { get; init; }

    /// <summary>The services of the other nodes of the cloud.</summary>
    public ImmutableArray<PeerNode> Peers { get; init; } = [];

    /// <summary>Whether the objects in the cloud are created from this node: of several nodes with a login, one creates them.</summary>
    public bool OwnsCloud { get; init; } = true;
}

/// <summary>From role data to the plan. Pure.</summary>
public static class Planner
{
    /// <summary>The directory of configuration volumes on a node.</summary>
    public const string ConfigData = "/var/lib/config-data";

    /// <summary>Users, services and endpoints are created once Keystone answers, which is after this step.</summary>
    public const int IdentityStep = 3;

    /// <summary>Networks, flavors and the like are created once all services answer.</summary>
    public const int ResourceStep = 5;

    /// <summary>Steps 1 to 5, always all of them.</summary>
    public static ImmutableArray<int> Steps { get; } = [1, 2, 3, 4, 5];

    /// <summary>The steps of the services' <c>post_update_tasks</c> (source: post_update_steps_max of tripleo-heat-templates).</summary>
    public static ImmutableArray<int> PostUpdateSteps { get; } = [0, 1, 2, 3];

    /// <summary>The plan of one node with these services; findings go to <paramref name="diagnostics"/>.</summary>
    public static DeploymentPlan Plan(ImmutableArray<ServiceData> services, PlanInputs inputs, DiagnosticBag diagnostics)
    {
        var asked = services;
        if (inputs.Network is { } own)
            services = OperatorNetwork.In(services, own, inputs.LocalAddress);
        OverrideCheck.Run(services, inputs.Overrides, diagnostics);
        ImmutableArray<ServiceData> all = [.. services, .. inputs.Peers.SelectMany(peer => peer.Services)];
        PublicEndpoints.Check(all, diagnostics);
        var configFiles = NodeFiles.Of(services, inputs.Peers, diagnostics);
        var containers = Steps.ToDictionary(step => step, step => StartupConfigs.Of(step, services, configFiles, inputs, diagnostics));
        var images = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var spec in containers.Values.SelectMany(step => step))
        {
            if (spec is { Image: { } image, ImageId: { } id })
                images[image] = id;
        }

        ImmutableArray<FileEntry> files =
        [
            .. configFiles,
            .. containers.Select(step => new FileEntry(StartupPlaces.FileOf(step.Key), 0, 0, "0600", CanonicalJson.WriteIndented(ContainerSpecWriter.Write(step.Value)))),
            .. services.SelectMany(s => s.Units).Where(u => u.Content is not null).Select(u => new FileEntry($"/etc/systemd/system/{u.Name}", 0, 0, "0644", u.Content!)).Distinct(),
            .. NodeNetworkPlan.Files(services),
            .. inputs.ExtraFiles,
        ];
        var manifest = new NodeManifest
        {
            Node = inputs.Node,
            Files = new FilesManifest
            {
                Hostname = services.Select(s => s.Hostname).FirstOrDefault(h => h is not null),
                Directories = [.. NodeFiles.Directories(services, files).OrderBy(d => d.Path, StringComparer.Ordinal)],
                Files = [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)],
                Blocks = Hosts(all),
                EnabledUnits = [.. services.SelectMany(s => s.Units).Where(u => u.Enabled).Select(u => u.Name).Distinct().Order(StringComparer.Ordinal)],
            },
            Network = inputs.Network is null ? NodeNetworkPlan.Of(services) : OperatorNetwork.Expecting(NodeNetworkPlan.Of(services), inputs.Network, asked, inputs.LocalAddress),
            Firewall = NodeFirewall.Of(services),
            Certificates = [.. services.SelectMany(s => s.Certificates).OrderBy(c => c.Path, StringComparer.Ordinal)],
            Cloud = inputs.OwnsCloud ? Cloud(services, all) : [],
        };
        return new DeploymentPlan
        {
            Stack = inputs.Stack,
            Release = inputs.Release,
            Images = images,
            Notes = [.. services.SelectMany(s => s.Notes)],
            Nodes = [Node(services, inputs.Role, manifest, containers) with { Connection = inputs.Connection }],
        };
    }

    /// <summary>The plan of an uninstalled cloud: the same nodes without content.</summary>
    public static DeploymentPlan Empty(DeploymentPlan plan) => new()
    {
        Stack = plan.Stack,
        Release = plan.Release,
        Nodes = [.. plan.Nodes.Select(node => new NodePlan { Role = node.Role, Connection = node.Connection, Manifest = new NodeManifest { Node = node.Name } })],
    };

    /// <summary>The plan of an uninstalled cloud with one node, the deploying host.</summary>
    public static DeploymentPlan Empty(string stack, string release, string node, string role) => new()
    {
        Stack = stack,
        Release = release,
        Nodes = [new NodePlan { Role = role, Manifest = new NodeManifest { Node = node } }],
    };

    private static NodePlan Node(ImmutableArray<ServiceData> services, string role, NodeManifest manifest, Dictionary<int, ImmutableArray<ContainerSpec>> containers) => new()
    {
        Role = role,
        Manifest = manifest,
        DatabaseServer = services.Select(s => s.DatabaseServer).FirstOrDefault(server => server is not null),
        Databases = [.. services.SelectMany(s => s.Databases).Select(database => database.Name).Distinct().Order(StringComparer.Ordinal)],
        Backup = BackupParts.Of(services, manifest),
        Services = [.. services.Select(s => s.Name)],
        Ports = [.. services.Where(s => s.Containers.Count > 0).SelectMany(Ports).Distinct()],
        Packages = [.. services.SelectMany(s => s.Packages).Distinct().Order(StringComparer.Ordinal)],
        // Services of one project have the same preparations.
        HostPrepTasks = new ListValue([.. services.SelectMany(s => s.HostPrepTasks.Items).Distinct()]),
        DeployStepsTasks = StepTasks.ByStep(services.SelectMany(s => s.DeployStepsTasks.Items), Steps),
        ExternalDeployTasks = StepTasks.ByStep(services.SelectMany(s => s.ExternalDeployTasks.Items), Steps),
        UpdateTasks = StepTasks.ByStep(services.SelectMany(s => s.UpdateTasks.Items).Distinct(), [0, .. Steps]),
        PostUpdateTasks = StepTasks.ByStep(services.SelectMany(s => s.PostUpdateTasks.Items).Distinct(), PostUpdateSteps),
        Containers = new SortedDictionary<int, ImmutableArray<ContainerSpec>>(containers.Where(c => c.Value.Length > 0).ToDictionary(c => c.Key, c => c.Value)),
    };

    // The ports at which a service listens are those of its firewall rules.
    private static IEnumerable<PortEntry> Ports(ServiceData service) => service.FirewallRules
        .Where(rule => rule is { Accepts: true, Protocol: "tcp" or "udp" })
        .SelectMany(rule => rule.Ports.Select(range => new PortEntry(service.Name, rule.Protocol, range.First, range.Last)));

    private static IReadOnlyList<BlockEntry> Hosts(ImmutableArray<ServiceData> services)
    {
        var lines = services.SelectMany(s => s.HostsEntries).Distinct().ToList();
        return lines.Count == 0 ? [] : [new BlockEntry("/etc/hosts", "undercloud hosts", string.Concat(lines.Select(line => line + "\n")))];
    }

    // The objects of all services of the cloud, from the node that has the login: they are recorded there, and any host may deploy.
    private static SortedDictionary<int, CloudManifest> Cloud(ImmutableArray<ServiceData> own, ImmutableArray<ServiceData> services)
    {
        var login = own.Select(s => s.CloudLogin).FirstOrDefault(l => l is not null);
        if (login is null)
            return [];
        var users = services.SelectMany(s => s.CloudUsers).ToList();
        var region = services.Select(s => s.Region).FirstOrDefault(r => r is not null) ?? ClientAccess.DefaultRegion;
        var steps = new SortedDictionary<int, CloudManifest>
        {
            [IdentityStep] = new CloudManifest
            {
                Login = login,
                Region = region,
                Projects = ["service", .. users.Where(u => u.Domain is null).Select(u => u.Project).Where(p => p != "service" && p != login.Project).Distinct().Order(StringComparer.Ordinal)],
                Roles = [.. users.SelectMany(u => u.Roles).Concat(services.SelectMany(s => s.CloudRoles)).Append("admin").Append("service").Distinct().Order(StringComparer.Ordinal)],
                Domains = [.. users.Select(u => u.Domain).OfType<string>().Concat(services.SelectMany(s => s.CloudDomains)).Distinct().Order(StringComparer.Ordinal)],
                Users = [.. users.OrderBy(u => u.Name, StringComparer.Ordinal)],
                Services = [.. services.SelectMany(s => s.CloudServices).OrderBy(s => s.Name, StringComparer.Ordinal)],
            },
        };
        var resources = Resources(services);
        if (!resources.IsEmpty())
            steps[ResourceStep] = new CloudManifest { Login = login, Region = region, Resources = resources };
        return steps;
    }

    private static CloudResources Resources(ImmutableArray<ServiceData> services) => new()
    {
        Networks = [.. services.SelectMany(s => s.CloudResources.Networks).DistinctBy(network => network.Name)],
        Flavors = [.. services.SelectMany(s => s.CloudResources.Flavors).DistinctBy(flavor => flavor.Name)],
        KeyPairs = [.. services.SelectMany(s => s.CloudResources.KeyPairs).DistinctBy(pair => pair.Name)],
        Quotas = [.. services.SelectMany(s => s.CloudResources.Quotas).DistinctBy(quota => (quota.Service, quota.Name))],
    };
}
