using System.Collections.Immutable;
using Undercloud.Config;

namespace Undercloud.Host.Gathering;

/// <summary>The paths of the files that an operator keeps for an undercloud: what an installation reads, and the passwords.</summary>
public static class OperatorFiles
{
    /// <summary>The paths that exist: undercloud.conf, the files and directories that it names, passwords, the nodes file.</summary>
    /// <param name="request">The inputs of the undercloud.</param>
    /// <param name="config">undercloud.conf, effective.</param>
    public static ImmutableArray<string> Paths(RunRequest request, UndercloudConfig config)
    {
        string?[] named =
        [
            request.ReadsFile ? request.ConfigPath : null,
            .. request.ConfigDirectories,
            request.NodesFile,
            config.Templates,
            config.RolesFile is { } roles && Path.IsPathRooted(roles) ? roles : null,
            config.ContainerImagesFile,
            .. config.CustomEnvironmentFiles,
            config.HieradataOverride,
            config.NetConfigOverride,
            config.TextOrNull(TlsOptions.ServiceCertificate),
            Gatherer.PasswordsFile(config),
            Gatherer.PasswordsConf(config),
            Path.Combine(request.Home, "stackrc"),
        ];
        return [.. named.Where(path => path is { Length: > 0 } && Path.Exists(path)).Select(path => Path.GetFullPath(path!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
