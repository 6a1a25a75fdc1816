using System.Collections.Immutable;
using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>The request for a backup.</summary>
/// <param name="Inputs">The inputs of the undercloud, for the operator's files.</param>
/// <param name="Output">The file to write; null for one in the default directory with the time in its name.</param>
public sealed record BackupRequest(RunRequest Inputs, string? Output = null)
{
    /// <summary>The names of parts to leave out.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>Absolute paths on this host to add.</summary>
    public ImmutableArray<string> AddPaths { get; init; } = [];

    /// <summary>Absolute paths to leave out, on every node.</summary>
    public ImmutableArray<string> ExcludePaths { get; init; } = [];

    /// <summary>The release that gives undercloud.conf its defaults, by name; null for the program's own.</summary>
    public string? Compat { get; init; }

    /// <summary>Whether the backup ends before anything is written.</summary>
    public bool DryRun { get; init; }
}
