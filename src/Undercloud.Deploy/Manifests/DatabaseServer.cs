using System.Collections.Immutable;

namespace Undercloud.Deploy.Manifests;

/// <summary>
/// How databases of a service on the node are dumped and loaded (the key <c>database_server</c> of role data). Each command is a list of words, which
/// runs in the container as root; the name of a database follows the words of <paramref name="Schema"/>, one or several names those of <paramref name="Dump"/>.
/// </summary>
/// <param name="Container">The container of the server.</param>
/// <param name="Schema">Prints a text that changes exactly when the schema of a database changes.</param>
/// <param name="Dump">Prints a consistent dump of databases, which replaces them when it is loaded.</param>
/// <param name="Load">Loads a dump from its standard input.</param>
public sealed record DatabaseServer(string Container, ImmutableArray<string> Schema, ImmutableArray<string> Dump, ImmutableArray<string> Load)
{
    /// <summary>Prints the size in bytes of the databases whose names follow; empty where the service cannot tell.</summary>
    public IReadOnlyList<string> Size { get; init => field = value ?? []; } = [];
}
