using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;

namespace Undercloud.Host.Gathering;

/// <summary>The files that undercloud.conf names, as this host has them: the one place where they are read and judged.</summary>
public sealed record NamedFiles
{
    /// <summary>The directory of the templates; null when neither undercloud.conf nor the caller has one.</summary>
    public string? Templates { get; init; }

    public InputFile Roles { get; init; } = new("", "");

    public InputFile? ContainerImages { get; init; }

    public ImmutableArray<InputFile> Environments { get; init; } = [];

    public InputFile? Hieradata { get; init; }

    public InputFile? NetConfig { get; init; }

    public ServiceCertificate? Certificate { get; init; }

    /// <summary>Reads all of them. One that is not there, cannot be read or is of no use has a finding at its option, and is left out.</summary>
    /// <param name="config">Names them.</param>
    /// <param name="ownTemplates">The templates where undercloud.conf names none; null to leave out what is only in these.</param>
    /// <param name="now">When the certificate has to be in force.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    public static NamedFiles Read(UndercloudConfig config, string? ownTemplates, DateTimeOffset now, DiagnosticBag diagnostics)
    {
        var templates = config.Templates is { Length: > 0 } own ? own : ownTemplates;
        var hasTemplates = templates is not null && IsDirectory(templates, config[UndercloudOptions.Templates], diagnostics);
        return new()
        {
            Templates = templates,
            Roles = TextIfSet(RolesPath(config, hasTemplates ? templates : null), config[UndercloudOptions.RolesFile], diagnostics) ?? new("", ""),
            ContainerImages = TextIfSet(config.ContainerImagesFile, config[UndercloudOptions.ContainerImagesFile], diagnostics, warnsWhenEmpty: true),
            Environments = [.. config.CustomEnvironmentFiles.Select(file => Text(file, config[UndercloudOptions.CustomEnvironmentFiles], diagnostics, warnsWhenEmpty: true)).OfType<InputFile>()],
            Hieradata = TextIfSet(config.HieradataOverride, config[Undercloud.Config.FileOptions.HieradataOverride], diagnostics),
            NetConfig = TextIfSet(config.NetConfigOverride, config[AddressOptions.NetConfigOverride], diagnostics),
            Certificate = CertificateOf(config, now, diagnostics),
        };
    }

    /// <summary>What their texts alone show to be wrong. A run need not ask: it reads them again, together with everything else.</summary>
    public void Check(DiagnosticBag diagnostics)
    {
        var roles = Roles.Text.Length > 0 ? RolesFile.Read(Roles.Text, Roles.Path, diagnostics) : [];
        var role = roles.FirstOrDefault()?.Name ?? "Undercloud";
        var environment = HeatEnvironment.Empty;
        foreach (var file in Environments.Prepend(ContainerImages).OfType<InputFile>().Where(file => !string.IsNullOrWhiteSpace(file.Text)))
            environment = environment.With(HeatEnvironment.Parse(file.Text, file.Path, diagnostics), new DiagnosticBag());
        diagnostics.AddRange(HieradataLevels.NotMaps(environment, role));
        ImageSources.Of(environment, path => Environments.Prepend(ContainerImages).FirstOrDefault(file => file?.Path == path)?.Text, diagnostics);
        if (Hieradata is { } given)
            HieradataFile.Read(given.Text, given.Path, diagnostics)?.ToEnvironment(given.Text, given.Path, role, diagnostics);
    }

    private static string? RolesPath(UndercloudConfig config, string? templates)
    {
        var name = config.RolesFile is { Length: > 0 } own ? own : "roles_data_undercloud.yaml";
        return Path.IsPathRooted(name) ? name : templates is null ? null : Path.Combine(templates, name);
    }

    private static ServiceCertificate? CertificateOf(UndercloudConfig config, DateTimeOffset now, DiagnosticBag diagnostics)
    {
        if (config.TextOrNull(TlsOptions.ServiceCertificate) is not { } path)
            return null;
        var file = OperatorFile.Read(path);
        if (file.Problem is null)
            return ServiceCertificateCheck.Read(file.Characters, config, now, diagnostics);
        Report(file.Problem, file.IsDenied, config[TlsOptions.ServiceCertificate], diagnostics);
        return null;
    }

    private static InputFile? TextIfSet(string? path, Setting setting, DiagnosticBag diagnostics, bool warnsWhenEmpty = false) =>
        path is { Length: > 0 } ? Text(path, setting, diagnostics, warnsWhenEmpty) : null;

    private static InputFile? Text(string path, Setting setting, DiagnosticBag diagnostics, bool warnsWhenEmpty = false)
    {
        var file = OperatorFile.Read(path);
        if (file.Problem is not null || file.Text is null)
        {
            Report(file.Problem ?? $"{path} is not UTF-8 text.", file.IsDenied, setting, diagnostics);
            return null;
        }

        if (warnsWhenEmpty && string.IsNullOrWhiteSpace(file.Text))
            diagnostics.Warning(setting.Location, ConfigCodes.EmptyFile, $"{path} is empty, and sets nothing.", $"Is it the right file? If it is, take it out of {setting.Option.Name}.");
        return new(path, file.Text);
    }

    private static bool IsDirectory(string path, Setting setting, DiagnosticBag diagnostics)
    {
        try
        {
            if (Directory.Exists(path))
            {
                _ = Directory.EnumerateFileSystemEntries(path).Any();
                return true;
            }
        }
        catch (UnauthorizedAccessException)
        {
            Report($"The directory {path} cannot be read.", isDenied: true, setting, diagnostics);
            return false;
        }

        diagnostics.Error(
            setting.Location, ConfigCodes.NoTemplates, FailureWords.OfBrokenLink(path) is { } broken ? broken : File.Exists(path) ? $"{path} is a file, not a directory." : $"There is no directory {path}.",
            "`templates` in undercloud.conf names a template collection; leave it out for the tool's own.");
        return false;
    }

    private static void Report(string problem, bool isDenied, Setting setting, DiagnosticBag diagnostics) => diagnostics.Error(
        setting.Location, isDenied ? ConfigCodes.NotReadable : ConfigCodes.NoFile, problem,
        isDenied ? "Run this as the user who installs the undercloud, or let this user read it." : $"Write the file, or correct {setting.Option.Name}, which names it.");
}
