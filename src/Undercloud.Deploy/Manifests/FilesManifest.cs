namespace Undercloud.Deploy.Manifests;

/// <summary>Directories, files, blocks in shared files, the host name and systemd units of a node.</summary>
public sealed record FilesManifest
{
    /// <summary>The fully qualified host name to set; null leaves it as it is.</summary>
    public string? Hostname { get; init; }

    public IReadOnlyList<DirectoryEntry> Directories { get; init => field = value ?? []; } = [];

    public IReadOnlyList<FileEntry> Files { get; init => field = value ?? []; } = [];

    public IReadOnlyList<BlockEntry> Blocks { get; init => field = value ?? []; } = [];

    /// <summary>Units to enable, whose unit files are among <see cref="Files"/> or the host's own.</summary>
    public IReadOnlyList<string> EnabledUnits { get; init => field = value ?? []; } = [];
}

/// <summary>A directory with its owner (numbers: the host may not know the name) and mode (octal text, e.g. 0750).</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Uid">Owner's number.</param>
/// <param name="Gid">Group's number.</param>
/// <param name="Mode">Octal, e.g. 0755.</param>
/// <param name="State">Whether it holds state (a database, keys, logs): a prune keeps it unless purging.</param>
public sealed record DirectoryEntry(string Path, int Uid, int Gid, string Mode, bool State = false);

/// <summary>A file that belongs to the tool as a whole.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Uid">Owner's number.</param>
/// <param name="Gid">Group's number.</param>
/// <param name="Mode">Octal, e.g. 0640.</param>
/// <param name="Content">Its text, UTF-8.</param>
/// <param name="Keep">Whether a prune keeps it unless purging (e.g. the passwords file).</param>
public sealed record FileEntry(string Path, int Uid, int Gid, string Mode, string Content, bool Keep = false);

/// <summary>The tool's lines in a foreign file, between two marker lines that carry <paramref name="Name"/>.</summary>
/// <param name="Path">Absolute path, e.g. /etc/hosts.</param>
/// <param name="Name">The block's name, e.g. undercloud hosts.</param>
/// <param name="Content">The lines, each ended by a line feed.</param>
public sealed record BlockEntry(string Path, string Name, string Content);
