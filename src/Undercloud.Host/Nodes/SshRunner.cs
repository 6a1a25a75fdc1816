using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Deploy.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Nodes;

/// <summary>Runs programs on a node over SSH, as root. It never asks for a password, and never for the trust in a host key. A node that no longer answers is given up after a minute.</summary>
/// <param name="processes">Starts ssh on this host.</param>
/// <param name="connection">The node.</param>
public sealed class SshRunner(IProcessRunner processes, SshConnection connection) : IProcessRunner
{
    /// <summary>ssh's own exit code: the node cannot be reached.</summary>
    public const int Unreachable = 255;

    private const int ConnectSeconds = 10;

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) => processes.RunAsync(Over(connection, command), stop);

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => processes.FollowAsync(Over(connection, command), onLine, stop);

    public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => processes.AttachAsync(Over(connection, command), stop);

    public Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop) =>
        processes.PipeAsync(Over(connection, command), feed, read, stop);

    /// <summary>The options that ssh and scp have in common, but for the port.</summary>
    internal static ImmutableArray<string> Options(SshConnection connection) =>
    [
        "-o", "BatchMode=yes", "-o", $"ConnectTimeout={ConnectSeconds}", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4",
        .. connection.KeyFile is { } key ? new[] { "-i", key } : [],
    ];

    /// <summary>The command line on this host that runs a command on a node.</summary>
    /// <param name="connection">The node.</param>
    /// <param name="command">The command there. Its variables are set there; its working directory is the user's home.</param>
    /// <param name="asUser">Whether the SSH user itself runs the command. Otherwise root does.</param>
    public static CommandLine Over(SshConnection connection, CommandLine command, bool asUser = false)
    {
        // The remote shell takes one text apart: the command is quoted for it.
        ImmutableArray<string> variables = [.. command.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"{variable.Key}={variable.Value}")];
        ImmutableArray<string> words =
        [
            .. asUser || connection.IsRoot ? Array.Empty<string>() : ["sudo", "-n", "--"],
            .. variables.IsEmpty ? [] : variables.Insert(0, "env"),
            command.Program,
            .. command.Arguments,
        ];
        return new("ssh", [.. Options(connection), "-p", connection.Port.ToString(CultureInfo.InvariantCulture), "--", connection.Destination, $"{new CommandLine(words[0], words[1..])}"])
        {
            Input = command.Input,
            OwnSession = command.OwnSession,
            Timeout = command.Timeout,
        };
    }
}
