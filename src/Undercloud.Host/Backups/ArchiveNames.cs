namespace Undercloud.Host.Backups;

/// <summary>
/// The names in an archive. The archive is a tar. Its first entry says what is in it, its last one lists all entries. A stream of unknown length is a
/// sequence of entries of the same name with a number, whose contents follow each other: <c>tar -xO --wildcards 'databases.sql.*'</c> prints a dump.
/// </summary>
internal static class ArchiveNames
{
    /// <summary>The first entry.</summary>
    public const string Contents = "backup.json";

    /// <summary>The last entry.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The dump of the databases.</summary>
    public const string Databases = "databases.sql";

    private const int Digits = 6;

    /// <summary>The name of a stream's entry.</summary>
    public static string Piece(string stream, int number) => $"{stream}.{number:D6}";

    /// <summary>The stream that an entry belongs to; null for an entry that stands for itself.</summary>
    public static string? StreamOf(string entry) =>
        entry.Length > Digits + 1 && entry[^(Digits + 1)] == '.' && entry[^Digits..].All(char.IsAsciiDigit) ? entry[..^(Digits + 1)] : null;
}
