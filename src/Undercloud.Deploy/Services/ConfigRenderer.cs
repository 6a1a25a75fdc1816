using System.Collections.Immutable;
using System.Text;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Services;

/// <summary>Writes configuration data as the text of its file. Pure and byte-stable.</summary>
public static class ConfigRenderer
{
    /// <summary>The text of one file.</summary>
    public static string Render(ConfigFile file, ImmutableArray<Database> databases) => file.Format switch
    {
        ConfigFormat.Ini => Ini((MapValue)file.Content),
        ConfigFormat.Options => Options(file, (MapValue)file.Content),
        ConfigFormat.Haproxy => Haproxy((MapValue)file.Content),
        ConfigFormat.Yaml => YamlWriter.Write(file.Content),
        ConfigFormat.Json => CanonicalJson.WriteIndented(file.Content),
        ConfigFormat.Databases => Sql(file.Content, databases),
        _ => file.Content is StringValue text ? text.Text : file.Content.ToString(),
    };

    /// <summary>
    /// One file merged from the parts of several services. Two different values for one option are an error.
    /// </summary>
    public static MapValue MergeIni(string path, IEnumerable<(string Service, MapValue Content)> parts, DiagnosticBag diagnostics)
    {
        var merged = new Dictionary<string, Dictionary<string, (Value Value, string Service)>>(StringComparer.Ordinal);
        var order = new List<(string Section, string Option)>();
        foreach (var (service, content) in parts)
        {
            foreach (var (section, options) in content.Entries)
            {
                foreach (var (option, value) in (options as MapValue ?? MapValue.Empty).Entries)
                    Set(section, option, value, service);
            }
        }

        return new MapValue(order.Distinct().GroupBy(place => place.Section).Select(group => KeyValuePair.Create(
            group.Key,
            (Value)new MapValue(group.Select(place => KeyValuePair.Create(place.Option, merged[place.Section][place.Option].Value))))));

        Dictionary<string, (Value Value, string Service)> Section(string name) =>
            merged.TryGetValue(name, out var section) ? section : merged[name] = new(StringComparer.Ordinal);

        void Set(string section, string option, Value value, string service)
        {
            if (value is NullValue)
                return;
            var options = Section(section);
            if (!options.TryAdd(option, (value, service)) && !options[option].Value.Equals(value))
            {
                diagnostics.Error(
                    null,
                    "PLAN002",
                    $"{path} [{section}] {option}: {options[option].Service} and {service} want different values.",
                    "Both write the same file; make them agree, or set it in a <Service>ConfigOverrides parameter.");
            }

            order.Add((section, option));
        }
    }

    private static string Ini(MapValue sections)
    {
        var text = new StringBuilder();
        foreach (var (section, options) in sections.Entries)
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append('[').Append(section).Append("]\n");
            foreach (var (option, value) in ((MapValue)options).Entries)
            {
                foreach (var item in value is ListValue list ? list.Items : [value])
                    text.Append(option).Append(" = ").Append(Scalar(item)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Options(ConfigFile file, MapValue options)
    {
        var text = new StringBuilder();
        foreach (var (option, value) in options.Entries)
        {
            foreach (var item in value is ListValue list ? list.Items : [value])
            {
                if (item is NullValue || (file.Prefix.Length > 0 && item is BooleanValue { Flag: false }))
                    continue;
                text.Append(file.Prefix).Append(option);
                if (file.Prefix.Length == 0 || item is not BooleanValue)
                    text.Append(file.Separator).Append(Scalar(item));
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Haproxy(MapValue sections)
    {
        var text = new StringBuilder();
        foreach (var (section, keywords) in sections.Entries)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(section).Append('\n');
            foreach (var (keyword, value) in ((MapValue)keywords).Entries)
            {
                foreach (var item in value is ListValue list ? list.Items : [value])
                {
                    if (item is not (NullValue or BooleanValue { Flag: false }))
                        text.Append("    ").Append(keyword).Append(item is BooleanValue ? "" : $" {Scalar(item)}").Append('\n');
                }
            }
        }

        return text.ToString();
    }

    // A line feed inside a value starts an indented line, which every ini reader joins to the same value.
    private static string Scalar(Value value) => value switch
    {
        BooleanValue flag => flag.Flag ? "true" : "false",
        StringValue text => text.Text.Replace("\n", "\n    "),
        _ => value.ToString(),
    };

    // Run as root over the unix socket on every change. The statements are declarative and idempotent.
    private static string Sql(Value content, ImmutableArray<Database> databases)
    {
        var sql = new StringBuilder();
        if (content is MapValue map && map["root_password"] is StringValue root)
            sql.Append($"ALTER USER 'root'@'localhost' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD({Quoted(root.Text)});\n");
        foreach (var database in databases)
        {
            var user = $"{Quoted(database.User)}@'%'";
            sql.Append($"CREATE DATABASE IF NOT EXISTS `{database.Name.Replace("`", "``")}` CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci;\n");
            sql.Append($"CREATE USER IF NOT EXISTS {user};\n");
            sql.Append($"ALTER USER {user} IDENTIFIED BY {Quoted(database.Password)};\n");
            sql.Append($"GRANT ALL PRIVILEGES ON `{database.Name.Replace("`", "``")}`.* TO {user};\n");
        }

        return sql.ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\").Replace("'", "''")}'";
}
