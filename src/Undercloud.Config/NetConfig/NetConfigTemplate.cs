using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Config;

/// <summary>
/// The file of net_config_override: JSON or YAML for os-net-config with tags. Sources: python-tripleoclient train for the result;
/// instack-undercloud for the optional braces and the spelling <c>{{{TAG}}}</c>; wallaby's help for YAML.
/// </summary>
public static class NetConfigTemplate
{
    private const string Key = "network_config";

    /// <summary>
    /// The file's content: the parameter UndercloudNetConfigOverride. An empty file is an empty network_config, which leaves the host's
    /// network alone. Null for a file with errors, which are reported.
    /// </summary>
    public static NetConfigFile? Read(string template, string path, MapValue tags, DiagnosticBag diagnostics)
    {
        if (string.IsNullOrWhiteSpace(template))
            return new(new([new(Key, ListValue.Empty)]), null, new("", [(0, 0, false)], template, path));
        var findings = new DiagnosticBag();
        var text = Fill(template, path, tags, findings);
        var result = findings.HasErrors ? null : Parse(text, findings);
        diagnostics.AddRange(findings.All);
        return result;
    }

    // template => { text | "{{" [ "{" | "&" ] blanks tag blanks [ "}" ] "}}" }
    private static NetConfigText Fill(string template, string path, MapValue tags, DiagnosticBag findings)
    {
        var text = new StringBuilder();
        var parts = ImmutableArray.CreateBuilder<(int, int, bool)>();
        for (var at = 0; at < template.Length;)
        {
            var open = NextOpening(template, at);
            var end = open < 0 ? template.Length : open;
            Plain(template, at, end, text, parts);
            if (open < 0)
                break;
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            var tag = template[open + 1] == '{' && close > 0 ? template[(open + 2)..close] : null;
            at = close < 0 ? template.Length : close + 2;
            if (tag is ['{', ..])
            {
                tag = tag[1..];
                if (at < template.Length && template[at] == '}')
                    at++;
            }
            else if (tag is ['&', ..])
            {
                tag = tag[1..];
            }

            parts.Add((text.Length, open, true));
            if (tag is not null && tags[PythonText.Strip(tag)] is { } value)
                text.Append(value is StringValue plain ? plain.Text : PythonJson.Write(value));
            else
                Refuse(tag is null ? null : PythonText.Strip(tag), NetConfigText.PlaceIn(template, path, open), tags, findings);
        }

        return new(text.ToString(), parts.ToImmutable(), template, path);
    }

    // Jinja's delimiters: of a tag, a statement, a comment.
    private static int NextOpening(string template, int from)
    {
        for (var at = template.IndexOf('{', from); at >= 0 && at + 1 < template.Length; at = template.IndexOf('{', at + 1))
        {
            if (template[at + 1] is '{' or '%' or '#')
                return at;
        }

        return -1;
    }

    // python-tripleoclient replaces single quotes and &quot; by double quotes everywhere.
    private static void Plain(string template, int start, int end, StringBuilder text, ImmutableArray<(int, int, bool)>.Builder parts)
    {
        const string Quote = "&quot;";
        parts.Add((text.Length, start, false));
        for (var at = start; at < end;)
        {
            if (string.CompareOrdinal(template, at, Quote, 0, Quote.Length) == 0)
            {
                text.Append('"');
                at += Quote.Length;
                parts.Add((text.Length, at, false));
                continue;
            }

            text.Append(template[at] == '\'' ? '"' : template[at]);
            at++;
        }
    }

    private static void Refuse(string? tag, SourceSpan place, MapValue tags, DiagnosticBag findings)
    {
        var known = $"The tags are {string.Join(", ", tags.Keys)}, written {{{{LOCAL_IP}}}}; nothing else of a template language is read.";
        if (tag is null)
            findings.Error(place, NetConfigCodes.Tag, "This begins a tag and is none, or does not end.", known);
        else
            findings.Error(place, NetConfigCodes.Tag, $"There is no tag {OneLine.Quote(tag)}.", NearestName.Of(tag, tags.Keys) is { } nearest ? $"Did you mean {nearest}? {known}" : known);
    }

    // A text that begins like JSON is JSON: YAML would misread a missing colon or comma.
    private static NetConfigFile? Parse(NetConfigText text, DiagnosticBag findings)
    {
        var start = text.Text.TrimStart();
        if (start is not ['{' or '[' or '"', ..])
            return Yaml(text, findings);
        if (start[0] != '"')
            return Json(text, findings);

        // Without braces it is instack-undercloud's format; but a YAML list may follow a key in quotes, too.
        return start[(start.IndexOf(':') + 1)..].TrimStart().StartsWith('-') ? Yaml(text, findings) : Json(text.InBraces(), findings);
    }

    private static NetConfigFile? Json(NetConfigText text, DiagnosticBag findings)
    {
        try
        {
            return Checked(PythonJson.Read(text.Text), YamlReader.Read(text.Text, text.Path, new DiagnosticBag()), text, findings);
        }
        catch (JsonException exception)
        {
            findings.Error(text.PlaceOf((int)(exception.BytePositionInLine ?? 0)), NetConfigCodes.NotJson, $"With its tags filled in, the file is not JSON: {exception.Message}.",
                "A tag of text belongs between quotes, \"{{LOCAL_IP}}\"; UNDERCLOUD_NAMESERVERS, SUBNETS_STATIC_ROUTES and LOCAL_MTU stand without.");
            return null;
        }
    }

    private static NetConfigFile? Yaml(NetConfigText text, DiagnosticBag findings)
    {
        var read = new DiagnosticBag();
        var root = YamlReader.Read(text.Text, text.Path, read);
        foreach (var finding in read.All.Where(finding => finding.Severity == Severity.Error))
        {
            findings.Error(
                finding.Location is { } place ? text.PlaceOf(place) : null, NetConfigCodes.NotJson, $"With its tags filled in, the file is neither JSON nor YAML: {finding.Message}",
                finding.Remedy ?? "JSON begins with a brace; else it is read as YAML, network_config: with a list below it.");
        }

        return findings.HasErrors ? null : Checked(root?.ToValue() ?? Value.Null, root, text, findings);
    }

    private static NetConfigFile? Checked(Value root, YamlNode? node, NetConfigText text, DiagnosticBag findings)
    {
        if (root is not MapValue map || map[Key] is not ListValue list)
        {
            findings.Error(new(text.Path, 1, 1), NetConfigCodes.NoNetworkConfig, root is MapValue there && there.ContainsKey(Key) ? $"{Key} is no list." : $"There is no {Key}.",
                $"Write {{\"{Key}\": [...]}}, a list of os-net-config's objects.");
            return null;
        }

        var file = new NetConfigFile(map, node, text);
        foreach (var (item, number) in list.Items.Select((item, number) => (item, number)))
        {
            if (item is not MapValue { } entry || entry["type"] is not StringValue)
                findings.Error(file.PlaceOf(Key, $"{number}"), NetConfigCodes.NoNetworkConfig, $"{Key}[{number}] is no object with a type.", "Each object says what it is, e.g. \"type\": \"ovs_bridge\".");
        }

        return findings.HasErrors ? null : file;
    }
}
