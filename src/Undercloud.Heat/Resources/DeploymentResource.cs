using System.Collections.Immutable;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// <c>OS::Heat::SoftwareDeployment</c> and <c>StructuredDeployment</c>. No server ever signals here: outputs are null, and a deployment
/// is recorded whatever its signal_transport.
/// </summary>
internal sealed class DeploymentResource(ResourcePlace place, bool structured)
    : NativeResource(place, structured ? DeploymentSchema.Structured : DeploymentSchema.Software)
{
    private const string Action = "CREATE";
    private static readonly string[] s_signalled = ["deploy_stdout", "deploy_stderr", "deploy_status_code"];
    private SoftwareConfig? _source;
    private bool _deploys;

    protected override MapValue Attributes => new(
        s_signalled.Concat((_source?.Outputs.Items ?? []).OfType<MapValue>().Select(output => PythonText.Str(output["name"]!)))
            .Select(name => KeyValuePair.Create(name, Value.Null)));

    // The outputs that a configuration declares are not part of all attributes.
    public override Value AllAttributes(Function asker) => new MapValue(s_signalled.Select(name => KeyValuePair.Create(name, Value.Null)));

    // Heat: a deployment without work for this action has no id.
    public override Value Reference() => _deploys ? Id : Declaration.Name;

    protected override bool Create(IReadOnlyDictionary<string, Value> properties)
    {
        var configId = Text(properties, "config");
        _source = Resolution.Configs.GetValueOrDefault(configId);
        if (configId.Length > 0 && _source is null)
        {
            var given = Properties()["config"];
            return Reject(given, "config", $"must be the id of a software configuration; there is none with the id '{configId}'");
        }

        _deploys = _source?.Group == "component" ? ComponentActions(_source).Contains(Action) : ((ListValue)properties["actions"]).Items.Contains(Action);
        if (!_deploys)
            return true;
        var values = properties.GetValueOrDefault("input_values") as MapValue ?? MapValue.Empty;
        var inputs = Inputs(properties, values);
        if (Derived(properties, inputs) is not { } config)
            return false;
        var name = Text(properties, "name") is { Length: > 0 } own ? own : _source?.Name ?? Place.PhysicalName;
        // A node uses this id to know what it has applied already, so the id must change with the deployment's content.
        var id = StackIdentity.Id($"{Place.PhysicalName}/config/{CanonicalJson.Write(config)}/{CanonicalJson.Write(new ListValue([.. inputs]))}");
        var derived = new SoftwareConfig(id, name, _source?.Group ?? ConfigSchema.Ungrouped, config)
        {
            Inputs = new([.. inputs]),
            Outputs = _source?.Outputs ?? ListValue.Empty,
            Options = _source?.Options ?? Value.Null,
        };
        Resolution.Add(new SoftwareDeployment(Id, Text(properties, "server"), derived, Action, Place.Path) { InputValues = values });
        return true;
    }

    private static IEnumerable<Value> ComponentActions(SoftwareConfig component) => component.Config is MapValue map && map["configs"] is ListValue configs
        ? configs.Items.OfType<MapValue>().SelectMany(config => config["actions"] is ListValue actions ? actions.Items : [])
        : [];

    // Declared inputs with their values, then values without a declaration, then Heat's own inputs.
    private List<Value> Inputs(IReadOnlyDictionary<string, Value> properties, MapValue values)
    {
        var declared = (_source?.Inputs ?? ListValue.Empty).Items.Cast<MapValue>().ToList();
        var names = declared.Select(input => PythonText.Str(input["name"]!)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. declared.Select(input => Shown(input).With("value", values[PythonText.Str(input["name"]!)] ?? input["default"] ?? Value.Null)),
            .. values.Entries.Where(entry => !names.Contains(entry.Key)).Select(entry => Input(entry.Key, entry.Value)),
            Input("deploy_server_id", properties["server"], "ID of the server being deployed to"),
            Input("deploy_action", Action, "Name of the current action being deployed"),
            Input("deploy_stack_id", $"{Stack.Name}/{StackIdentity.Id(Stack.Name)}", "ID of the stack this deployment belongs to"),
            Input("deploy_resource_name", Declaration.Name, "Name of this deployment resource in the stack"),
            Input("deploy_signal_transport", properties["signal_transport"], "How the server should signal to heat with the deployment output values."),
        ];
    }

    private static MapValue Shown(MapValue input) => new(input.Entries.Where(entry => entry.Value is not NullValue));

    private static MapValue Input(string name, Value value, string? description = null)
    {
        var input = new List<KeyValuePair<string, Value>> { new("name", name), new("type", "String"), new("replace_on_change", false), new("value", value) };
        if (description is not null)
            input.Insert(1, new("description", description));
        return new(input);
    }

    private Value? Derived(IReadOnlyDictionary<string, Value> properties, List<Value> inputs)
    {
        var config = _source?.Config ?? Value.Null;
        if (!structured)
            return config is NullValue ? "" : config;
        var values = inputs.Cast<MapValue>().ToDictionary(input => PythonText.Str(input["name"]!), input => input["value"]!, StringComparer.Ordinal);
        var substitution = new InputSubstitution(Text(properties, "input_key"), values);
        var replaced = substitution.Apply(config is NullValue ? MapValue.Empty : config);
        if (Text(properties, "input_values_validate") != "STRICT" || substitution.Missing.Count == 0)
            return replaced;
        Resolution.Error(
            Declaration.Span, "HOT025", $"The property 'input_values' of {Declaration.Type} lacks {string.Join(", ", substitution.Missing.Select(name => $"'{name}'"))}.");
        return null;
    }

    private static string Text(IReadOnlyDictionary<string, Value> properties, string name) => (properties.GetValueOrDefault(name) as StringValue)?.Text ?? "";
}
