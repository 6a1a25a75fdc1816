using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Generations;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Host.Gathering;

/// <summary>Collects every effect's answer into one <see cref="Inputs"/>. Reads only: passwords are made in memory and written on apply.</summary>
public sealed class Gatherer(IProcessRunner runner, ToolHome tool, SecretRecord record, TimeProvider time)
{
    /// <summary>Where the passwords of this host are kept.</summary>
    public static string PasswordsFile(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "tripleo-undercloud-passwords.yaml");

    /// <summary>Where instack-undercloud kept them, and others still look for them.</summary>
    public static string PasswordsConf(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "undercloud-passwords.conf");

    /// <summary>Where the Ansible project of a configuration is.</summary>
    public static string ProjectDirectory(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "undercloud-ansible");

    /// <summary>The passwords that a project was written with, in it: they are those of a host on which it was run by hand.</summary>
    internal const string ProjectPasswords = "passwords.yaml";

    /// <summary>The inputs of a run with this configuration; findings go to <paramref name="diagnostics"/>.</summary>
    /// <param name="request">What the run is to be prepared from.</param>
    /// <param name="config">undercloud.conf, effective.</param>
    /// <param name="release">The OpenStack release.</param>
    /// <param name="installed">Whether the host has an undercloud or the data of one: then no password may be missing.</param>
    /// <param name="diagnostics">Gets the findings.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="random">Where passwords come from that are not there yet; the operating system's source unless said.</param>
    public async Task<Inputs> GatherAsync(
        RunRequest request, UndercloudConfig config, string release, bool installed, DiagnosticBag diagnostics, CancellationToken stop, IRandomSource? random = null)
    {
        var facts = await HostFacts.GatherAsync(runner, stop);
        var kept = new KeptPasswords(config, record).Read(installed, diagnostics);
        if (!installed && request.Passwords is { } saved)
            kept = new MapValue([.. saved.Entries.Where(entry => !kept.ContainsKey(entry.Key)), .. kept.Entries]);
        var passwords = PasswordStore.Complete(kept, PasswordStore.Given(config), random ?? new CryptographicRandom()).All;
        var files = NamedFiles.Read(config, tool.Templates, time.GetUtcNow(), diagnostics);
        var definitions = ImageDefinitions.Load(tool.Images, diagnostics);
        return new Inputs
        {
            Config = config,
            Validations = request.Validations,
            Surroundings = await SurroundingsAsync(config, facts, request.Home, request.ConfigPath, files.Certificate, stop),
            HostIsContainer = facts.IsContainer,
            SshPorts = await SshServer.PortsAsync(runner, stop),
            KernelHasOpenVswitch = KernelModules.Has("openvswitch"),
            Passwords = passwords,
            Release = release,
            ImageParameters = definitions.ImageParameters(release),
            ImageIds = await ImageIdsAsync(stop),
            Templates = TemplateTree.Plain(files.Templates!),
            Roles = files.Roles,
            ContainerImages = files.ContainerImages,
            Environments = files.Environments,
            Hieradata = files.Hieradata,
            NetConfig = files.NetConfig,
            ToolFiles = ClientPlugin.Files(tool),
        };
    }

    /// <summary>The inputs of each node of a nodes file.</summary>
    /// <param name="request">What the run is to be prepared from, with the nodes file.</param>
    /// <param name="inputs">What was gathered on the deploying host; all nodes have it in common.</param>
    /// <param name="installed">The release of the deploying host.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>None when there are errors.</returns>
    public async Task<ImmutableArray<Inputs>> NodesAsync(RunRequest request, Inputs inputs, InstalledRelease installed, DiagnosticBag diagnostics, CancellationToken stop)
    {
        var nodes = await new CloudNodes(runner, installed).ReadAsync(request.NodesFile!, inputs.Roles, inputs.Release, diagnostics, stop);
        var found = new DiagnosticBag();
        ImmutableArray<CloudNode> all = [.. nodes.Select(node => node.Node)];
        ImmutableArray<Inputs> each =
        [
            .. nodes.Select(node => inputs with
            {
                Node = node.Node,
                Nodes = all,
                Config = request.For(node.Node).ReadConfig(found),
                Surroundings = inputs.Surroundings with { HostName = node.Facts.Hostname },
                HostIsContainer = node.Facts.IsContainer,
                SshPorts = node.Facts.SshPorts,
                KernelHasOpenVswitch = node.Facts.KernelHasOpenVswitch,
                ToolFiles = node.Node.Connection is null ? inputs.ToolFiles : [],
            }),
        ];
        diagnostics.AddRange(found.All.Distinct().Except(diagnostics.All));
        return each;
    }

    /// <summary>The images of this host: the one input that a run changes itself, by building some.</summary>
    public Task<IReadOnlyDictionary<string, string>> ImageIdsAsync(CancellationToken stop) => new ImageStore(runner).IdsAsync(stop);

    private static async Task<Surroundings> SurroundingsAsync(
        UndercloudConfig config, HostFacts facts, string home, string configPath, ServiceCertificate? certificate, CancellationToken stop) => new()
        {
            HostName = facts.Hostname,
            Home = home,
            User = HostFacts.User(),
            TimeZone = HostFacts.TimeZone(),
            ConfigPath = configPath,
            Addresses = await HostFacts.AddressesAsync([config.PublicHost, config.AdminHost], stop),
            Certificate = certificate,
        };
}
