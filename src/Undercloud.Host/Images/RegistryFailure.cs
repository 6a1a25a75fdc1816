using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>Why a registry did not do what podman or skopeo asked it for.</summary>
/// <param name="IsLasting">Whether another attempt would fail in the same way.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record RegistryFailure(bool IsLasting, string Remedy)
{
    // Parts of the messages of podman, skopeo and the registries' protocol, in the order in which they decide.
    private static readonly (string[] Words, string Remedy)[] s_lasting =
    [
        (["server gave HTTP response to HTTPS client"], "The registry has no TLS. Name it in container_insecure_registries of undercloud.conf."),
        (["x509:", "certificate signed by unknown authority"], "Add the registry's certificate authority to those of this host (/usr/local/share/ca-certificates, update-ca-certificates)."),
        (["unauthorized", "authentication required", "access denied", "denied:"], "Give the registry's user and password in ContainerImageRegistryCredentials of an environment file."),
        (["manifest unknown", "name unknown", "not found: manifest", "manifest for "], "Push the image (`undercloud image push --to REGISTRY/NAMESPACE`), or correct namespace, name_prefix, name_suffix and tag of ContainerImagePrepare."),
        (["no space left on device", "disk quota exceeded"], "Free space in /var/lib/containers and /var/tmp: `undercloud image prune` deletes images that nothing uses."),
    ];

    /// <summary>The failure of a program.</summary>
    public static RegistryFailure Of(ProcessResult result)
    {
        var text = result.Error + result.Output;
        return result.ExitCode == 127 ? new(true, "Install the package that brings the program.")
            : s_lasting.FirstOrDefault(known => known.Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))) is { Remedy: { } remedy } ? new(true, remedy)
            : new(false, "Make sure that the registry answers, and run this again: layers that are already here are kept.");
    }
}
