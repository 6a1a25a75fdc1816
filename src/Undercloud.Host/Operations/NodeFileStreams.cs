using System.Collections.Immutable;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Files of a host as streams: tar on the host packs and unpacks them, with owners by number, modes, sparse files and extended attributes.</summary>
/// <param name="runner">Runs programs on the host.</param>
/// <param name="host">The host, for messages.</param>
internal sealed class NodeFileStreams(IProcessRunner runner, string host)
{
    /// <summary>How the names of backups begin: a backup never holds another one.</summary>
    public const string BackupPrefix = "undercloud-backup-";

    /// <summary>The end of the names of backups.</summary>
    public const string BackupSuffix = ".tar.zst";

    // tar's exit code when a file changed or vanished while it was read.
    private const int Differs = 1;

    private static readonly string[] s_differences = ["changed as we read it", "removed before we read it", "shrank by"];

    // Swift keeps what it knows of an object in attributes of the file.
    private static readonly ImmutableArray<string> s_attributes = ["--xattrs", "--xattrs-include=user.*"];

    private static readonly ImmutableDictionary<string, string> s_plain = ImmutableDictionary<string, string>.Empty.Add("LC_ALL", "C");

    // The arguments: the number of paths to leave out, these paths, and the paths to measure. What vanishes meanwhile is no error.
    private const string MeasureScript = """
        count=$1
        shift
        left=()
        while [ "$count" -gt 0 ]; do
            left+=("--exclude=$1")
            shift
            count=$((count - 1))
        done
        for path; do
            [ -e "$path" ] || [ -L "$path" ] || continue
            size=$(du --summarize --block-size=1 "${left[@]}" -- "$path" 2>/dev/null | cut --fields=1) || true
            echo "${size:-0} $path"
        done
        """;

    // The free space of the file system of each path, or of the directory that will hold it.
    private const string RoomScript = """
        for path; do
            at=$path
            while [ ! -e "$at" ]; do
                at=$(dirname -- "$at")
            done
            df --block-size=1 --output=avail,target -- "$at" | tail -n 1
        done
        """;

    /// <summary>The sizes of those of the paths that exist.</summary>
    /// <param name="paths">Absolute paths.</param>
    /// <param name="exclude">Absolute paths below them to leave out.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<ImmutableArray<BackedUpPath>> MeasureAsync(ImmutableArray<string> paths, ImmutableArray<string> exclude, CancellationToken stop)
    {
        var measured = await runner.RunAsync(new("bash", ["-euo", "pipefail", "-c", MeasureScript, "--", $"{exclude.Length}", .. exclude, .. paths]), stop);
        if (!measured.Succeeded)
            throw new InstallException($"The files of {host} cannot be looked at.\n{measured.Tail()}");
        return
        [
            .. measured.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 2))
                .Select(words => new BackedUpPath(words[1], long.TryParse(words[0], out var bytes) ? bytes : 0)),
        ];
    }

    /// <summary>The room that files still need where a part of them is there already.</summary>
    /// <param name="files">Absolute paths with their whole sizes.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<ImmutableArray<BackedUpPath>> RemainingAsync(ImmutableArray<BackedUpPath> files, CancellationToken stop)
    {
        var there = (await MeasureAsync([.. files.Select(file => file.Path).Distinct(StringComparer.Ordinal)], [], stop)).ToDictionary(file => file.Path, file => file.Bytes, StringComparer.Ordinal);
        return [.. files.Select(file => file with { Bytes = Math.Max(0, file.Bytes - there.GetValueOrDefault(file.Path)) })];
    }

    /// <summary>Makes sure that there is room for files.</summary>
    /// <param name="files">Absolute paths with their sizes.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="RefusedException">A file system has too little; the message names it.</exception>
    public async Task CheckRoomAsync(IReadOnlyCollection<BackedUpPath> files, CancellationToken stop)
    {
        if (files.Count == 0)
            return;
        var asked = (await runner.RunAsync(new("bash", ["-euo", "pipefail", "-c", RoomScript, "--", .. files.Select(file => file.Path)]), stop)).OrThrow();
        var rooms = asked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ', 2));
        var full = files.Zip(rooms, (file, room) => (file.Bytes, Free: long.Parse(room[0]), Target: room[^1].Trim()))
            .GroupBy(file => file.Target)
            .Where(target => target.Sum(file => file.Bytes) > target.First().Free)
            .Select(target => $"{host}: the file system of {target.Key} has {ByteSize.Text(target.First().Free)} free, and the backup needs {ByteSize.Text(target.Sum(file => file.Bytes))} there.")
            .ToList();
        if (full.Count > 0)
            throw new RefusedException($"{string.Join('\n', full)}\nMake room, and run this again.");
    }

    /// <summary>Packs files.</summary>
    /// <param name="paths">Absolute paths that exist.</param>
    /// <param name="exclude">Absolute paths to leave out.</param>
    /// <param name="read">Reads the tar.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The number of files that changed or vanished while they were read: the tar has them as they were at some moment.</returns>
    /// <exception cref="InstallException">A file cannot be read.</exception>
    public async Task<int> PackAsync(IEnumerable<string> paths, ImmutableArray<string> exclude, Func<Stream, CancellationToken, Task> read, CancellationToken stop)
    {
        ImmutableArray<string> arguments =
        [
            "--create", "--format=pax", "--sparse", "--numeric-owner", .. s_attributes,
            "--anchored", "--no-wildcards", .. exclude.Select(path => $"--exclude={Relative(path)}"),
            "--no-anchored", "--wildcards", $"--exclude={BackupPrefix}*{BackupSuffix}", $"--exclude={BackupPrefix}*{BackupSuffix}.partial",
            "--directory=/", "--file=-", "--", .. paths.Select(Relative),
        ];
        var packed = await runner.PipeAsync(
            new("tar", arguments) { OwnSession = true, Environment = s_plain },
            null,
            read,
            stop);
        if (packed.ExitCode == 0)
            return 0;

        // Other programs on the way to a node, such as sudo, have the same exit code for a failure.
        var differing = packed.Error.Split('\n').Count(line => line.StartsWith("tar: ", StringComparison.Ordinal) && s_differences.Any(text => line.Contains(text, StringComparison.Ordinal)));
        return packed.ExitCode == Differs && differing > 0
            ? differing
            : throw new InstallException($"Files of {host} cannot be read.\n{packed.Tail()}\nCorrect the cause and run this again.");
    }

    /// <summary>Unpacks files to where they were.</summary>
    /// <param name="tar">The tar.</param>
    /// <param name="exclude">Absolute paths to leave out.</param>
    /// <param name="formerSuffix">The end of the name under which an existing file is kept, e.g. <c>.before-restore</c>; null to replace existing files.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InstallException">A file cannot be written.</exception>
    public async Task UnpackAsync(Stream tar, ImmutableArray<string> exclude, string? formerSuffix, CancellationToken stop)
    {
        ImmutableArray<string> arguments =
        [
            "--extract", "--same-owner", "--preserve-permissions", "--numeric-owner", .. s_attributes,
            .. formerSuffix is { } suffix ? new[] { "--backup=simple", $"--suffix={suffix}" } : [],
            "--anchored", "--no-wildcards", .. exclude.Select(path => $"--exclude={Relative(path)}"),
            "--directory=/", "--file=-",
        ];
        var unpacked = await runner.PipeAsync(
            new("tar", arguments) { OwnSession = true, Environment = s_plain },
            async (input, token) => await tar.CopyToAsync(input, 1 << 20, token),
            null,
            stop);
        if (!unpacked.Succeeded)
            throw new InstallException($"Files of {host} cannot be written.\n{unpacked.Tail()}\nCorrect the cause and run this again.");
    }

    private static string Relative(string path) => path.Trim('/') is { Length: > 0 } inner ? inner : ".";
}
