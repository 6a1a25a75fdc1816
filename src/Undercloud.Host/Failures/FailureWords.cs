using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Undercloud.Host.Failures;

/// <summary>
/// Failures of the operating system as messages for the operator: place, cause and remedy. The runtime's own texts are about its methods, and some are
/// wrong: for a directory it says that access is denied. The tool's own messages are not changed.
/// </summary>
public static class FailureWords
{
    // Linux error numbers (asm-generic/errno.h), which the runtime passes on as the HResult of an IOException.
    private const int Io = 5, Busy = 16, IsDirectory = 21, TooManyFiles = 24, NoSpace = 28, ReadOnly = 30, TooLong = 36, LinksInCircle = 40, Quota = 122;

    // The Debian packages of the programs that the tool runs, without those that every Debian host has.
    private static readonly Dictionary<string, string> s_packages = new(StringComparer.Ordinal)
    {
        ["ansible-playbook"] = "ansible-core",
        ["buildah"] = "buildah",
        ["crun"] = "crun",
        ["ip"] = "iproute2",
        ["mmdebstrap"] = "mmdebstrap",
        ["nft"] = "nftables",
        ["ovs-vsctl"] = "openvswitch-switch",
        ["ping"] = "iputils-ping",
        ["podman"] = "podman",
        ["python3"] = "python3",
        ["runc"] = "runc",
        ["skopeo"] = "skopeo",
        ["ss"] = "iproute2",
        ["sysctl"] = "procps",
        ["update-ca-certificates"] = "ca-certificates",
        ["zstd"] = "zstd",
    };

    /// <summary>The message for a failure.</summary>
    public static string Of(Exception failure) => failure switch
    {
        PathTooLongException => $"The name {Short(PathIn(failure))} is longer than Linux takes: 255 bytes for each part, 4095 for the whole. Choose a shorter one.",
        FileNotFoundException { FileName: { } path } => Missing(path),
        DirectoryNotFoundException when PathIn(failure) is { } path => Missing(path),
        UnauthorizedAccessException when PathIn(failure) is { } path => Denied(path),
        IOException { InnerException: SocketException socket } => OfConnection(socket),
        // When the runtime itself follows links, its exception has no error number.
        IOException when failure.Message.StartsWith("Too many levels of symbolic links", StringComparison.Ordinal) && PathIn(failure) is { } path => OfErrno(LinksInCircle, path)!,
        IOException when PathIn(failure) is { } path && OfErrno(failure.HResult, path) is { } said => said,
        SocketException or AuthenticationException => OfConnection(failure),
        _ => failure.Message,
    };

    /// <summary>The message for a program that did not start.</summary>
    public static string OfStart(Win32Exception failure, string program) => failure.NativeErrorCode switch
    {
        2 => $"{program} is not installed, or not in the PATH.{(s_packages.TryGetValue(program, out var package) ? $" Install it: apt-get install {package}" : "")}",
        13 => $"{program} is not executable for this user.",
        8 => $"{program} is not a program for this machine.",
        11 or 12 => $"{program} does not start: the host has no memory or no processes left.",
        _ => $"{program} does not start (error {failure.NativeErrorCode}).",
    };

    /// <summary>The message for a server that could not be reached, without a full stop.</summary>
    public static string OfConnection(Exception failure) => failure switch
    {
        HttpRequestException { InnerException: { } inner } => OfConnection(inner),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        SocketException socket => socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "Connection refused: no process listens there",
            SocketError.HostNotFound or SocketError.NoData => "its name is not known: neither DNS nor /etc/hosts has it",
            SocketError.TryAgain => "its name cannot be looked up: no name server answers",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown => "there is no route to its address",
            SocketError.TimedOut => "no answer",
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "it closed the connection",
            SocketError.AccessDenied => "the firewall of this host forbids the connection",
            var code => $"the connection failed ({code})",
        },
        AuthenticationException when failure.Message.Contains("NameMismatch", StringComparison.Ordinal) => "its certificate is for another host",
        AuthenticationException when failure.Message.Contains("NotTimeValid", StringComparison.Ordinal) => "its certificate has expired or is not valid yet",
        AuthenticationException when failure.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) => "no authority that this host trusts signed its certificate",
        AuthenticationException => "it does not use TLS, or an incompatible version",
        HttpIOException => "it closed the connection before its answer was complete",
        IOException { InnerException: SocketException or AuthenticationException } => OfConnection(failure.InnerException),
        _ => failure.Message.TrimEnd('.'),
    };

    /// <summary>The message for a symbolic link with a missing target; null for anything else.</summary>
    public static string? OfBrokenLink(string path) => Target(path) is { } target && !Path.Exists(target) ? $"{path} is a link to {target}, which does not exist." : null;

    private static string Missing(string path)
    {
        if (OfBrokenLink(path) is { } broken)
            return $"{broken} Restore it, or correct the link.";
        for (var directory = Path.GetDirectoryName(path); directory is { Length: > 0 }; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(directory))
                return $"There is no {path}: {directory} is a file, not a directory. Check the name.";
            if (Directory.Exists(directory))
                return directory == Path.GetDirectoryName(path)
                    ? $"There is no file {path}. Check the name."
                    : $"There is no {path}: {directory} has no directory {Path.GetRelativePath(directory, path).Split('/')[0]}. Check the name, or create the directory.";
        }

        return $"There is no file {path}. Check the name.";
    }

    private static string Denied(string path) =>
        Directory.Exists(path) ? $"{path} is a directory, not a file. Name a file."
        : $"This user may not read or write {path}. Run this as root, or as its owner.";

    private static string? OfErrno(int number, string path) => number switch
    {
        NoSpace => $"No space is left on the file system of {path}. Free space (`df -h {Path.GetDirectoryName(path)}` shows it) and run this again.",
        Quota => $"The quota of this user is used up on the file system of {path}. Free space and run this again.",
        ReadOnly => $"The file system of {path} is read-only. Mount it for writing, or choose another place.",
        TooLong => $"The name {Short(path)} is longer than Linux takes: 255 bytes for each part, 4095 for the whole. Choose a shorter one.",
        LinksInCircle => $"{path} is a link that leads back to itself. Correct it.",
        IsDirectory => Denied(path),
        Busy => $"{path} is in use by another program. End that and run this again.",
        TooManyFiles => $"{path} cannot be opened: too many files are open. Raise the limit (`ulimit -n`).",
        Io => $"The disk below {path} answers with errors (`dmesg` shows them).",
        _ => null,
    };

    private static string? Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // The runtime's message has the path in quotes.
    private static string? PathIn(Exception failure) =>
        failure.Message.IndexOf('\'') is >= 0 and var first && failure.Message.LastIndexOf('\'') is var last && last > first + 1 && failure.Message[first + 1] == '/'
            ? failure.Message[(first + 1)..last]
            : null;

    private static string Short(string? path) => path is null ? "of a file" : path.Length <= 80 ? path : $"{path[..60]}… ({path.Length} characters)";
}
