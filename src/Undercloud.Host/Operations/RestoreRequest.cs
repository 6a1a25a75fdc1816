namespace Undercloud.Host.Operations;

/// <summary>The request for a restore.</summary>
/// <param name="File">The backup.</param>
public sealed record RestoreRequest(string File)
{
    /// <summary>The file with the nodes of the cloud; null for a cloud of one node, this host.</summary>
    public string? NodesFile { get; init; }

    /// <summary>Whether failed checks of the host end the restore.</summary>
    public bool Validations { get; init; } = true;

    /// <summary>Whether the restore ends before anything is changed.</summary>
    public bool DryRun { get; init; }
}
