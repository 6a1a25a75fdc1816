using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// A deployment's file, which Ansible passes to the node's os-refresh-config script. It has the content of Heat's metadata (source:
/// tripleo_common's deployment.j2 and the code that fills it in).
/// </summary>
internal static class DeploymentDocument
{
    private static readonly string[] s_described = ["name", "description", "type"];

    public static MapValue Of(PlacedDeployment deployment, ConfigDownloadLayout layout, DiagnosticBag diagnostics)
    {
        var document = new MapValue([new(deployment.Name, Body(deployment, diagnostics))]);
        return layout == ConfigDownloadLayout.Queens ? document.With("deploy_server_id", TemplateText.Plain(deployment.Server.Id)) : document;
    }

    private static MapValue Body(PlacedDeployment deployment, DiagnosticBag diagnostics)
    {
        var config = deployment.Config;
        return new([
            new("config", Config(deployment, diagnostics)),
            new("creation_time", config.CreationTime ?? "None"),
            new("deployment_name", TemplateText.Plain(deployment.Name)),
            new("group", TemplateText.Plain(config.Group)),
            new("id", TemplateText.Plain(config.Id)),
            new("inputs", Described(config.Inputs, withValue: true)),
            new("name", TemplateText.Plain(config.Name)),
            new("options", TemplateText.Plain(PythonText.Str(config.Options))),
            new("outputs", Described(config.Outputs, withValue: false)),
        ]);
    }

    // The hiera hook takes data; every other hook takes text, and data as JSON text.
    private static Value Config(PlacedDeployment deployment, DiagnosticBag diagnostics)
    {
        var given = deployment.Config.Config;
        var data = given is StringValue { Text: var json } ? Json(json) ?? given : given;
        if (deployment.Config.Group != "hiera")
            return TemplateText.Block(data is StringValue { Text: var script } ? script : Indented(data), lineEnd: true);
        if (data is not StringValue { Text: var yaml })
            return data;
        if (TemplateText.Nested(yaml) is { } value)
            return value;
        diagnostics.Error(null, "DOWNLOAD007", $"The hiera data of deployment {deployment.Name} is no YAML.", "Look at the template's config property.");
        return Value.Null;
    }

    private static Value Described(ImmutableArray<MapValue> all, bool withValue) => all.IsEmpty ? Value.Null : new ListValue([.. all.Select(one =>
    {
        var entry = new MapValue(s_described.Select(key => KeyValuePair.Create(key, TemplateText.Plain(Text(one, key)))));
        return (Value)(withValue ? entry.With("value", TemplateText.Block(Text(one, "value"), lineEnd: false)) : entry);
    })]);

    private static string Text(MapValue map, string key) => PythonText.Str(map[key] ?? Value.Null);

    private static Value? Json(string text)
    {
        try
        {
            return CanonicalJson.Read(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // json.dumps(value, indent=2)
    private static string Indented(Value value)
    {
        var text = new StringBuilder();
        Indented(text, value, "\n");
        return text.ToString();
    }

    private static void Indented(StringBuilder text, Value value, string line)
    {
        var inner = line + "  ";
        switch (value)
        {
            case ListValue { Items.IsEmpty: false } list:
                for (var i = 0; i < list.Items.Length; i++)
                    Indented(text.Append(i == 0 ? '[' : ',').Append(inner), list.Items[i], inner);
                text.Append(line).Append(']');
                break;
            case MapValue { Count: > 0 } map:
                for (var i = 0; i < map.Count; i++)
                {
                    text.Append(i == 0 ? '{' : ',').Append(inner).Append(PythonText.Json(map.Entries[i].Key)).Append(": ");
                    Indented(text, map.Entries[i].Value, inner);
                }

                text.Append(line).Append('}');
                break;
            default:
                text.Append(PythonText.Json(value));
                break;
        }
    }
}
