using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Generations;
using Undercloud.Host.Images;
using Undercloud.Host.Node;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Host.Install;

/// <summary>Collects every effect's answer into one <see cref="Inputs"/>. Reads only: passwords are made in memory and written on apply.</summary>
public sealed class Gatherer(IProcessRunner runner, ToolHome tool, SecretRecord record)
{
    /// <summary>Where the passwords of this host are kept.</summary>
    public static string PasswordsFile(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "tripleo-undercloud-passwords.yaml");

    /// <summary>Where instack-undercloud kept them, and others still look for them.</summary>
    public static string PasswordsConf(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "undercloud-passwords.conf");

    /// <summary>The inputs of a run with this configuration; findings go to <paramref name="diagnostics"/>.</summary>
    /// <param name="request">What the run is to be prepared from.</param>
    /// <param name="config">undercloud.conf, effective.</param>
    /// <param name="release">The OpenStack release.</param>
    /// <param name="installed">Whether the host has an undercloud or the data of one: then no password may be missing.</param>
    /// <param name="diagnostics">Gets the findings.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<Inputs> GatherAsync(
        RunRequest request, UndercloudConfig config, string release, bool installed, DiagnosticBag diagnostics, CancellationToken stop)
    {
        var facts = await HostFacts.GatherAsync(runner, stop);
        var passwords = PasswordStore.Complete(new KeptPasswords(config, record).Read(installed, diagnostics), PasswordStore.Given(config), new CryptographicRandom()).All;
        var templates = config.Templates is { Length: > 0 } own ? own : tool.Templates;
        if (!Directory.Exists(templates))
            diagnostics.Error(config[UndercloudOptions.Templates].Location, ConfigCodes.NoTemplates, $"There is no directory {templates}.", "`templates` in undercloud.conf names a template collection; leave it out for the tool's own.");
        var definitions = ImageDefinitions.Load(tool.Images, diagnostics);
        return new Inputs
        {
            Config = config,
            Surroundings = await SurroundingsAsync(config, facts, request.Home, request.ConfigPath, diagnostics, stop),
            HostIsContainer = facts.IsContainer,
            SshPorts = await SshServer.PortsAsync(runner, stop),
            KernelHasOpenVswitch = HostFacts.KernelHas("openvswitch"),
            Passwords = passwords,
            Release = release,
            ImageParameters = definitions.ImageParameters(release),
            ImageIds = await ImageIdsAsync(stop),
            Templates = TemplateTree.Plain(templates),
            Roles = Read(RolesFile(config, templates), config[UndercloudOptions.RolesFile], diagnostics),
            ContainerImages = ReadIfSet(config.ContainerImagesFile, config[UndercloudOptions.ContainerImagesFile], diagnostics),
            Environments = [.. config.CustomEnvironmentFiles.Select(f => Read(f, config[UndercloudOptions.CustomEnvironmentFiles], diagnostics))],
            Hieradata = ReadIfSet(config.HieradataOverride, config[Undercloud.Config.FileOptions.HieradataOverride], diagnostics),
            NetConfig = ReadIfSet(config.NetConfigOverride, config[AddressOptions.NetConfigOverride], diagnostics),
            ToolFiles = ClientPlugin.Files(tool),
        };
    }

    /// <summary>The images of this host: the one input that a run changes itself, by building some.</summary>
    public Task<IReadOnlyDictionary<string, string>> ImageIdsAsync(CancellationToken stop) => new ImageStore(runner).IdsAsync(stop);

    private static async Task<Surroundings> SurroundingsAsync(
        UndercloudConfig config, HostFacts facts, string home, string configPath, DiagnosticBag diagnostics, CancellationToken stop) => new()
        {
            HostName = facts.Hostname,
            Home = home,
            User = HostFacts.User(),
            TimeZone = HostFacts.TimeZone(),
            ConfigPath = configPath,
            Addresses = await HostFacts.AddressesAsync([config.PublicHost, config.AdminHost], stop),
            Certificate = ReadCertificate(config, diagnostics),
        };

    private static ServiceCertificate? ReadCertificate(UndercloudConfig config, DiagnosticBag diagnostics)
    {
        if (config.TextOrNull(TlsOptions.ServiceCertificate) is not { } path)
            return null;
        var file = Read(path, config[TlsOptions.ServiceCertificate], diagnostics);
        if (ServiceCertificate.TryRead(file.Text) is { } certificate)
            return certificate;
        if (file.Text.Length > 0)
            diagnostics.Error(
                config[TlsOptions.ServiceCertificate].Location, ConfigCodes.NoCertificate, $"{path} does not hold a certificate and its key.",
                "Put both into one file in PEM: the key, the certificate, and the certificates between it and its authority.");
        return null;
    }

    private static string RolesFile(UndercloudConfig config, string templates) =>
        Path.Combine(templates, config.RolesFile is { Length: > 0 } own ? own : "roles_data_undercloud.yaml");

    private static InputFile? ReadIfSet(string? path, Setting setting, DiagnosticBag diagnostics) => path is { Length: > 0 } ? Read(path, setting, diagnostics) : null;

    private static InputFile Read(string path, Setting setting, DiagnosticBag diagnostics)
    {
        if (File.Exists(path))
            return new(path, File.ReadAllText(path));
        diagnostics.Error(setting.Location, ConfigCodes.NoFile, $"There is no file {path}.", $"Write the file, or correct {setting.Option.Name}, which names it.");
        return new(path, "");
    }
}
