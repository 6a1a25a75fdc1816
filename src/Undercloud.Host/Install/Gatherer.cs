using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;
using Undercloud.Host.Images;
using Undercloud.Host.Node;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Host.Install;

/// <summary>Collects every effect's answer into one <see cref="Inputs"/>. Reads only: passwords are made in memory and written on apply.</summary>
public sealed class Gatherer(IProcessRunner runner, ToolHome tool)
{
    /// <summary>Where the passwords of this host are kept.</summary>
    public static string PasswordsFile(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "tripleo-undercloud-passwords.yaml");

    /// <summary>Where instack-undercloud kept them, and others still look for them.</summary>
    public static string PasswordsConf(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "undercloud-passwords.conf");

    /// <summary>The inputs of a run with this configuration; findings go to <paramref name="diagnostics"/>.</summary>
    public async Task<Inputs> GatherAsync(
        UndercloudConfig config, string configPath, string home, string release, DiagnosticBag diagnostics, CancellationToken stop)
    {
        var facts = await HostFacts.GatherAsync(runner, stop);
        var passwords = PasswordStore.Complete(ReadPasswords(config, diagnostics), PasswordStore.Given(config), new CryptographicRandom()).All;
        var templates = config.Templates is { Length: > 0 } own ? own : tool.Templates;
        if (!Directory.Exists(templates))
            diagnostics.Error(config[UndercloudOptions.Templates].Location, ConfigCodes.NoTemplates, $"There is no directory {templates}.", "`templates` in undercloud.conf names a template collection; leave it out for the tool's own.");
        var definitions = ImageDefinitions.Load(tool.Images, diagnostics);
        return new Inputs
        {
            Config = config,
            Surroundings = await SurroundingsAsync(config, facts, home, configPath, diagnostics, stop),
            HostIsContainer = facts.IsContainer,
            SshPorts = await SshServer.PortsAsync(runner, stop),
            KernelHasOpenVswitch = HostFacts.KernelHas("openvswitch"),
            Passwords = passwords,
            Release = release,
            ImageParameters = definitions.ImageParameters(release),
            ImageIds = await new ImageStore(runner).IdsAsync(stop),
            Templates = TemplateTree.Plain(templates),
            Roles = Read(RolesFile(config, templates), config[UndercloudOptions.RolesFile], diagnostics),
            ContainerImages = ReadIfSet(config.ContainerImagesFile, config[UndercloudOptions.ContainerImagesFile], diagnostics),
            Environments = [.. config.CustomEnvironmentFiles.Select(f => Read(f, config[UndercloudOptions.CustomEnvironmentFiles], diagnostics))],
            Hieradata = ReadIfSet(config.HieradataOverride, config[Undercloud.Config.FileOptions.HieradataOverride], diagnostics),
            NetConfig = ReadIfSet(config.NetConfigOverride, config[AddressOptions.NetConfigOverride], diagnostics),
            ToolFiles = ClientPlugin.Files(tool),
        };
    }

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

    private static MapValue ReadPasswords(UndercloudConfig config, DiagnosticBag diagnostics)
    {
        var path = PasswordsFile(config);
        if (!File.Exists(path))
            return ReadInstackPasswords(PasswordsConf(config), diagnostics);
        var file = YamlReader.Read(File.ReadAllText(path), path, diagnostics)?.ToValue() as MapValue;
        if (file?["parameter_defaults"] is MapValue passwords)
            return passwords;
        diagnostics.Error(
            new(path, 0, 0),
            "PWD001",
            "The passwords file has no map parameter_defaults.",
            "Put it back from a backup. Without it every password would be made anew and the databases would no longer open.");
        return MapValue.Empty;
    }

    private static MapValue ReadInstackPasswords(string path, DiagnosticBag diagnostics) =>
        File.Exists(path) ? PasswordFiles.ReadConf(File.ReadAllText(path), path, diagnostics) : MapValue.Empty;
}
