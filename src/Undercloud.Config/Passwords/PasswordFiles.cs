using System.Text;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The two files that hold passwords. Both must be 0600.</summary>
public static class PasswordFiles
{
    /// <summary>tripleo-undercloud-passwords.yaml: an environment file, sorted by name; equal passwords give equal bytes.</summary>
    public static string WriteYaml(MapValue passwords) =>
        BlockYaml.Write(new([KeyValuePair.Create<string, Value>("parameter_defaults", new MapValue(
            passwords.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)))]));

    /// <summary>
    /// undercloud-passwords.conf as python-tripleoclient writes it for readers of instack-undercloud's file: [auth], then
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

    /// <summary>
    /// The passwords of an undercloud-passwords.conf, by parameter: from instack-undercloud or <see cref="WriteConf"/>. A first run adopts
    /// them, so that existing databases open. An entry that is no parameter's password is reported in a warning.
    /// </summary>
    public static MapValue ReadConf(string text, string path, DiagnosticBag diagnostics)
    {
        var options = AuthOptions.All.ToDictionary(option => option.Name, StringComparer.Ordinal);
        var written = PasswordTable.All.ToDictionary(kind => $"undercloud_{Underscored(kind.Name)}", kind => kind.Name, StringComparer.Ordinal);
        var entries = OsloConfigReader.Read(text, path, diagnostics).Entries
            .Where(entry => entry.Text.Length > 0 && OsloConfigFile.IsSameSection(entry.Section, KnownOptions.AuthSection)).ToList();
        // instack-undercloud had one password for RabbitMQ where there are two now; a file that has both names sets both.
        var found = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => options.ContainsKey(entry.Name)))
        {
            foreach (var parameter in options[entry.Name].Parameters)
                found[parameter.Name] = entry.Text;
        }

        foreach (var entry in entries.Where(entry => written.ContainsKey(entry.Name)))
            found[written[entry.Name]] = entry.Text;
        var others = entries.FindAll(entry => !options.ContainsKey(entry.Name) && !written.ContainsKey(entry.Name));
        if (others.Count > 0)
            diagnostics.Warning(others[0].Location, ConfigCodes.NoEffect,
                $"These passwords are of no service that is deployed here: {string.Join(", ", others.Select(entry => entry.Name))}.",
                "They are left out.");
        return new MapValue(found);
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

    // An indented line continues the entry above it; without the blanks it would be read as an entry of its own.
    private static string OneEntry(string value) =>
        value.Replace("\r", "\n", StringComparison.Ordinal).Replace("\n", "\n    ", StringComparison.Ordinal);
}
