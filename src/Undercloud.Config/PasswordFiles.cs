using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The two files passwords are kept in. Both are for mode 0600.</summary>
public static class PasswordFiles
{
    /// <summary>tripleo-undercloud-passwords.yaml: an environment file, sorted by name, the same bytes for the same passwords.</summary>
    public static string WriteYaml(MapValue passwords) =>
        BlockYaml.Write(new([KeyValuePair.Create<string, Value>("parameter_defaults", new MapValue(
            passwords.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)))]));

    /// <summary>
    /// undercloud-passwords.conf as python-tripleoclient writes it for those who read instack-undercloud's: [auth], then
    /// <c>undercloud_admin_password: …</c> for each name with Password or Token in it or Kek at its end.
    /// </summary>
    public static string WriteConf(MapValue passwords)
    {
        var lines = passwords.Entries
            .Where(entry => IsPassword(entry.Key) && entry.Value is not (MapValue or ListValue or NullValue))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"undercloud_{Underscored(entry.Key)}: {OneEntry(PythonText.Of(entry.Value))}\n");
        return "[auth]\n" + string.Concat(lines);
    }

    private static bool IsPassword(string name) =>
        name.Contains("Password", StringComparison.Ordinal)
        || name.Contains("Token", StringComparison.Ordinal)
        || name.EndsWith("Kek", StringComparison.Ordinal);

    // MysqlRootPassword => mysql_root_password, HAProxyStatsPassword => ha_proxy_stats_password
    private static string Underscored(string name)
    {
        var result = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var isStart = i > 0 && char.IsAsciiLetterUpper(name[i])
                && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1])
                    || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (isStart)
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }

    // A further line, indented, still belongs to its entry; without the blanks it would be read as an entry of its own.
    private static string OneEntry(string value) =>
        value.Replace("\r", "\n", StringComparison.Ordinal).Replace("\n", "\n    ", StringComparison.Ordinal);
}
