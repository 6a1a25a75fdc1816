using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Nodes;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Nodes;

/// <summary>
/// This program on a node, over SSH. If the node does not have the same program from an installation, the program is copied to the SSH user's home until the run ends.
/// </summary>
/// <param name="processes">Starts ssh and scp on this host.</param>
/// <param name="node">The node's name, for messages.</param>
/// <param name="connection">How it is reached.</param>
/// <param name="program">This program's file.</param>
public sealed class RemoteTool(IProcessRunner processes, string node, SshConnection connection, string program) : IAsyncDisposable
{
    // Relative to the user's home, which is the working directory of a remote command.
    private const string Copy = $"{SshConnection.Directory}/undercloud";

    private readonly SshRunner _ssh = new(processes, connection);
    private readonly SemaphoreSlim _staging = new(1);
    private string? _path;

    /// <summary>Runs a command of the program there.</summary>
    /// <param name="arguments">The command.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="NodeException">The node cannot be reached, or the command failed.</exception>
    public async Task<string> RunAsync(ImmutableArray<string> arguments, string? input, CancellationToken stop)
    {
        var result = await _ssh.RunAsync(new(await PathAsync(stop), arguments) { Input = input }, stop);
        return result.Succeeded ? result.Output : throw Failure(result, $"`undercloud {string.Join(' ', arguments)}` on it ended with exit code {result.ExitCode}");
    }

    /// <summary>Removes the copy, and its directory unless Ansible uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_path is not null)
            await _ssh.RunAsync(CommandLine.Of("sh", "-c", $"rm -f {Copy}; rmdir --ignore-fail-on-non-empty {SshConnection.Directory}"), CancellationToken.None);
        _staging.Dispose();
    }

    private async Task<string> PathAsync(CancellationToken stop)
    {
        await _staging.WaitAsync(stop);
        try
        {
            return _path ??= await StageAsync(stop);
        }
        finally
        {
            _staging.Release();
        }
    }

    private async Task<string> StageAsync(CancellationToken stop)
    {
        // One connection for both: the checksum of the installed program, if there is one, and the directory for the copy. scp runs as the SSH user, which therefore owns the directory.
        var found = await processes.RunAsync(
            SshRunner.Over(connection, CommandLine.Of("sh", "-c", $"mkdir -p -m 0700 {SshConnection.Directory} && {{ sha256sum {AnsibleProject.NodeTool} 2>/dev/null || true; }}"), asUser: true), stop);
        if (!found.Succeeded)
            throw Failure(found, "A command on it failed");
        if (found.Output.Split(' ')[0] == await ChecksumAsync(program, stop))
            return AnsibleProject.NodeTool;

        var copied = await processes.RunAsync(
            new("scp", [.. SshRunner.Options(connection), "-P", connection.Port.ToString(CultureInfo.InvariantCulture), "-q", "-p", "--", program, $"{Bracketed(connection)}:{Copy}"]), stop);
        return copied.Succeeded ? Copy : throw Failure(copied, "The program could not be copied to it");
    }

    private NodeException Failure(ProcessResult result, string what) => result.ExitCode == SshRunner.Unreachable
        ? new($"The node {node} cannot be reached over SSH as {connection.Destination} port {connection.Port}: {LastLine(result)}", isUnreachable: true)
        : new($"The node {node}: {what}: {LastLine(result)}");

    private static string LastLine(ProcessResult result) => result.Tail(1).Trim() is { Length: > 0 } said ? said : $"exit code {result.ExitCode}";

    // scp takes what is before the first colon for the host.
    private static string Bracketed(SshConnection connection) => connection.Host.Contains(':') ? $"{connection.User}@[{connection.Host}]" : connection.Destination;

    private static async Task<string> ChecksumAsync(string path, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
    }
}

/// <summary>A node does not do what it is asked. The message names the node.</summary>
/// <param name="message">What, and why.</param>
/// <param name="isUnreachable">Whether the node cannot be reached at all.</param>
public sealed class NodeException(string message, bool isUnreachable = false) : InstallException(message)
{
    /// <summary>Whether the node cannot be reached at all.</summary>
    public bool IsUnreachable { get; } = isUnreachable;
}
