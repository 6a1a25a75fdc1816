using Undercloud.Deploy.Ansible;

namespace Undercloud.Host.Generations;

/// <summary>
/// The release that a host's undercloud is of. The first play records it, before anything else is made, and it stays as long as the data does:
/// also after an uninstall that left the databases, and for a project that was run by hand.
/// </summary>
public sealed class InstalledRelease(string stateDirectory, GenerationStore generations)
{
    private readonly string _file = Path.Combine(stateDirectory, Path.GetFileName(AnsibleProject.ReleaseFile));

    /// <summary>Its name; null where there is no undercloud and no data of one.</summary>
    public string? Read() =>
        File.Exists(_file) && File.ReadAllText(_file).Trim() is { Length: > 0 } release ? release : generations.NewestReadablePlan()?.Release;

    /// <summary>Forgets it: the data is gone.</summary>
    public void Forget() => File.Delete(_file);
}
