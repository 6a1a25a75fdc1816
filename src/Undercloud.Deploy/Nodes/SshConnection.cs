namespace Undercloud.Deploy.Nodes;

/// <summary>How a node is reached over SSH.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="User">The user there: root, or one whom sudo asks for no password.</param>
/// <param name="Port">The port of its SSH server.</param>
/// <param name="KeyFile">The file of the private key; null for those that ssh finds by itself.</param>
public sealed record SshConnection(string Host, string User = "root", int Port = 22, string? KeyFile = null)
{
    /// <summary>The directory for temporary files in the user's home, relative to it, which the user owns. It lasts until the cloud is uninstalled.</summary>
    public const string Directory = ".undercloud";

    /// <summary>Whether the user is root. Any other user runs commands through sudo.</summary>
    public bool IsRoot => User == "root";

    /// <summary>The destination as ssh takes it, e.g. root@node-2.</summary>
    public string Destination => $"{User}@{Host}";
}
