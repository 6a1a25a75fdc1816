using System.Collections.Immutable;

namespace Undercloud.Host.Containers;

/// <summary>Guesses from a container's log why the container does not start. The message says that the cause is only probable.</summary>
internal static class ProbableCause
{
    // Specific causes come first: a service that cannot reach its database logs connection errors as well.
    private static readonly ImmutableArray<(string[] Signs, string Cause)> s_known =
    [
        (["No space left on device"], "A file system of the host is full. See `df -h`."),
        (["Cannot allocate memory", "MemoryError", "Out of memory"], "The host has too little memory. See `free -h`, and `undercloud status` for what takes it."),
        (["Address already in use", "Address in use"], "Another process listens at its port. See `ss -ltnp`."),
        (["Cannot assign requested address"], "The address it is to listen at is not on this host. See `ip address`, and local_ip in undercloud.conf."),
        (["Access denied for user"], "The password of its database user differs from the one in the passwords file. Restore the file from a backup, or run the installation again."),
        (["Unknown database"], "Its database does not exist: the step before did not create it. Run the installation again."),
        (["Unknown column", "doesn't exist\")", "Can't locate revision"], "Its database is of another version than its image. An image older than the database does not run on it."),
        (["Upgrade after a crash is not supported", "InnoDB: Database page corruption"], "The database's files are damaged, or of another version. Restore them from a backup."),
        (["Can't connect to MySQL server", "Can't connect to server on", "Lost connection to MySQL server"], "It does not reach the database. See `podman logs mysql`."),
        (["ACCESS_REFUSED", "Login was refused"], "The message queue does not accept its password. Run the installation again; see `podman logs rabbitmq`."),
        (["ECONNREFUSED", "AMQP server on"], "It does not reach the message queue. See `podman logs rabbitmq`."),
        (["Could not find versioned identity endpoints", "Unable to establish connection to http"], "It does not reach another service's API. See `undercloud status`."),
        (["The request you have made requires authentication", "Invalid username or password"], "Keystone does not accept its user's password. Run the installation again."),
        (["certificate verify failed"], "It does not trust the certificate of a service it calls. See the certificate in undercloud.conf and `/etc/ssl/certs`."),
        (["Temporary failure in name resolution", "Name or service not known"], "A host name in its configuration does not resolve to an address. See /etc/hosts and the name servers."),
        (["ConfigFileParseError", "ConfigFileValueError", "Error parsing config", "unknown option", "unknown variable"], "An option in its configuration is wrong. See your <Service>ConfigOverrides and environment files."),
        (["ModuleNotFoundError", "ImportError"], "A Python module is missing in its image. Build the image again: `undercloud image build`."),
        (["Permission denied", "PermissionError"], "It has no permission to read or write one of its files or directories; a file there has another owner. Run the installation again."),
    ];

    /// <summary>The cause that the last lines of a log point to, in one or two sentences with a remedy; null when none is known.</summary>
    /// <param name="log">The lines, oldest first.</param>
    public static string? Of(IReadOnlyCollection<string> log) =>
        s_known.FirstOrDefault(known => known.Signs.Any(sign => log.Any(line => line.Contains(sign, StringComparison.OrdinalIgnoreCase)))).Cause;
}
