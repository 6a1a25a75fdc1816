using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Adoption;

/// <summary>A URL of a database or of a message queue in a configuration file, in SQLAlchemy's form (source: sqlalchemy/engine/url.py).</summary>
/// <param name="Scheme">e.g. mysql+pymysql or rabbit.</param>
/// <param name="User">The user, decoded; empty for none.</param>
/// <param name="Password">The password, decoded; empty for none.</param>
/// <param name="Host">The host's name or address; empty for none, as in sqlite.</param>
/// <param name="Name">What follows the host, without parameters: the database or the virtual host.</param>
public sealed partial record DatabaseUrl(string Scheme, string User, string Password, string Host, string Name)
{
    /// <summary>Whether the server is MariaDB or MySQL.</summary>
    public bool IsMysql => Scheme.Split('+')[0] is "mysql" or "mariadb";

    /// <summary>Reads a URL; null for a text of another form. Of several hosts (a cluster of the queue), the first counts.</summary>
    public static DatabaseUrl? Parse(string text) => Url().Match(text.Trim()) is { Success: true } match
        ? new(match.Groups["scheme"].Value, Decoded(match, "user"), Decoded(match, "password"), match.Groups["host"].Value.Trim('[', ']'), match.Groups["name"].Value)
        : null;

    private static string Decoded(Match match, string group) => Uri.UnescapeDataString(match.Groups[group].Value);

    // A password may contain colons and slashes that nobody has quoted, but no @, here or in the host.
    [GeneratedRegex(@"^(?<scheme>[\w+]+)://(?:(?<user>[^:/@]*)(?::(?<password>[^@]*))?@)?(?<host>\[[^]]*\]|[^:/?,@]*)(?::\d*)?(?:,[^/]*)?(?:/(?<name>[^?]*))?(?:\?.*)?$")]
    private static partial Regex Url();
}
