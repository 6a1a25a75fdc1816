using System.Text.Json.Serialization;

namespace Undercloud.Host.Backups;

/// <summary>What a backup is of, and what is in it. It is the first entry of an archive, and part of the last.</summary>
public sealed record BackupContents
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format of the archive.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of the program that wrote the archive.</summary>
    public required string Version { get; init; }

    /// <summary>The OpenStack release, e.g. zed.</summary>
    public required string Release { get; init; }

    /// <summary>When the backup began.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The generation whose plan says what belongs to the undercloud.</summary>
    public required int Generation { get; init; }

    /// <summary>The fingerprint of the plan.</summary>
    public required string PlanHash { get; init; }

    /// <summary>The names of the nodes.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The name of the node that is the deploying host; null where that is no node.</summary>
    public string? DeployingNode { get; init; }

    /// <summary>The deploying host's own name: services are registered under it.</summary>
    public required string HostName { get; init; }

    /// <summary>The path of undercloud.conf.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>The directories with files to read after undercloud.conf.</summary>
    public IReadOnlyList<string> ConfigDirectories { get; init => field = value ?? []; } = [];

    /// <summary>The release that gives undercloud.conf its defaults; null for the program's own.</summary>
    public string? Compat { get; init; }

    /// <summary>The operator's home directory.</summary>
    public required string Home { get; init; }

    /// <summary>The names of the databases.</summary>
    public required IReadOnlyList<string> Databases { get; init; }

    /// <summary>The size of the databases in bytes, as the server estimates it.</summary>
    public long DatabaseBytes { get; init; }

    /// <summary>The parts of files.</summary>
    public required IReadOnlyList<BackedUpPart> Parts { get; init; }

    /// <summary>The parts that the operator left out.</summary>
    public IReadOnlyList<string> Excluded { get; init => field = value ?? []; } = [];

    /// <summary>Image names to the ids that they had.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>The size in bytes of everything before compression.</summary>
    [JsonIgnore]
    public long Bytes => DatabaseBytes + Parts.Sum(part => part.Bytes);
}

/// <summary>A part of a backup: files of one node.</summary>
/// <param name="Name">The name of the part.</param>
/// <param name="Node">The name of the node; null for the deploying host's own files.</param>
/// <param name="Paths">The files and directories that existed.</param>
public sealed record BackedUpPart(string Name, string? Node, IReadOnlyList<BackedUpPath> Paths)
{
    /// <summary>Whether files that are there before a restore are kept under another name.</summary>
    public bool KeepsFormer { get; init; }

    /// <summary>The size in bytes.</summary>
    [JsonIgnore]
    public long Bytes => Paths.Sum(path => path.Bytes);

    /// <summary>The name of the part's entries in the archive, which a number follows.</summary>
    [JsonIgnore]
    public string Entry => Node is null ? $"{Name}.tar" : $"nodes/{Node}/{Name}.tar";
}

/// <summary>A file or directory in a backup.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Bytes">Its size on disk when the backup began.</param>
public sealed record BackedUpPath(string Path, long Bytes);
