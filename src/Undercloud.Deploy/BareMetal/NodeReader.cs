using System.Collections.Immutable;
using System.Numerics;
using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Reads one node of a file.</summary>
internal sealed partial class NodeReader(int number, DiagnosticBag diagnostics)
{
    /// <summary>Ironic's hardware interfaces, each with a key of its own.</summary>
    public static readonly ImmutableArray<string> Interfaces =
    [
        .. new[] { "bios", "boot", "console", "deploy", "firmware", "inspect", "management", "network", "power", "raid", "rescue", "storage", "vendor" }.Select(kind => $"{kind}_interface"),
    ];

    private static readonly ImmutableArray<(string Key, string Property)> s_sizes = [("cpu", "cpus"), ("memory", "memory_mb"), ("disk", "local_gb")];

    private static readonly ImmutableArray<string> s_keys =
    [
        "pm_type", "name", "uuid", "mac", "ports", "cpu", "memory", "disk", "arch", "platform", "capabilities", "profile", "resource_class",
        "conductor_group", "root_device", "kernel_id", "ramdisk_id", "_comment", .. Interfaces,
    ];

    private readonly List<KeyValuePair<string, Value>> _driverInfo = [];
    private readonly List<KeyValuePair<string, Value>> _properties = [];
    private readonly HashSet<string> _refused = [];
    private ImmutableDictionary<string, SourceSpan> _places = ImmutableDictionary<string, SourceSpan>.Empty;

    /// <summary>The node; null when the entry is no node, which is reported.</summary>
    public WantedNode? Read(YamlNode node)
    {
        if (node is not YamlMapping map)
        {
            Wrong(node.Span, $"A node must be a map, not {node.ToValue().TypeName}.");
            return null;
        }

        _places = map.Entries.ToImmutableDictionary(entry => entry.Key, entry => entry.KeySpan, StringComparer.Ordinal);

        // Without a type the other keys are checked nevertheless: all errors are reported at once.
        var type = Type(map) ?? HardwareTypes.Unknown;
        foreach (var entry in map.Entries.Where(entry => !s_keys.Contains(entry.Key)))
            Driver(type, entry);
        foreach (var key in type.Required.Where(key => !type.DriverKeys(key).Any(name => _driverInfo.Exists(pair => pair.Key == name)) && !IsRefused(map, key)))
            diagnostics.Error(map.Span, NodeCodes.Missing, $"The node has no {key}, which {type.Name} needs.", Meaning(key));
        return Made(map, type);
    }

    private WantedNode Made(YamlMapping map, HardwareType type)
    {
        Images(map);
        Sizes(map);
        var platform = Text(map, "platform");
        if (platform is not null && map["arch"] is null)
            diagnostics.Error(_places["platform"], NodeCodes.Missing, "There is a platform without an arch.", "Say the architecture too, e.g. arch: x86_64.");
        return new(number, type, map.Span)
        {
            Places = _places,
            Name = Matching(map, "name", LogicalName(), "A name has letters, digits and -._~ alone."),
            Uuid = Matching(map, "uuid", Uuid(), "Leave it out: Ironic makes one.")?.ToLowerInvariant(),
            ResourceClass = Text(map, "resource_class"),
            ConductorGroup = Text(map, "conductor_group"),
            Platform = platform,
            DriverInfo = new(_driverInfo),
            Properties = new(_properties),
            Capabilities = new CapabilityReader(diagnostics).Read(map["capabilities"], Text(map, "profile")),
            Interfaces = new(Interfaces.Select(key => (key, Text(map, key))).Where(pair => pair.Item2 is not null).Select(pair => KeyValuePair.Create(pair.key, (Value)pair.Item2!))),
            Controller = type.ControllerOf(key => type.DriverKeys(key) is [var name, ..] && _driverInfo.Find(pair => pair.Key == name).Value is { } value ? Scalars.Text(value) : null),
            Ports = new PortReader(diagnostics).Read(map),
        };
    }

    private HardwareType? Type(YamlMapping map)
    {
        if (map["pm_type"] is not YamlScalar { Value: StringValue { Text: { Length: > 0 } name } })
        {
            diagnostics.Error(map["pm_type"]?.Span ?? map.Span, NodeCodes.Type, "The node has no pm_type, its hardware type.", "Say e.g. pm_type: ipmi.");
            return null;
        }

        var place = map["pm_type"]!.Span;
        if (HardwareTypes.Named(name) is not { } type)
        {
            diagnostics.Error(place, NodeCodes.Type, $"There is no pm_type '{name}'.", HardwareTypes.Remedy(name));
            return null;
        }

        if (type.Name != name)
            diagnostics.Warning(place, NodeCodes.FormerType, $"The pm_type {name} is {type.Name} now.", $"Write {type.Name}.");
        return type;
    }

    private void Driver(HardwareType type, YamlEntry entry)
    {
        var names = type.DriverKeys(entry.Key);
        if (names.IsEmpty)
        {
            var known = s_keys.Concat(type.Keys.Keys);
            if (type == HardwareTypes.Unknown && NearestName.Of(entry.Key, known) is null)
                return;
            var remedy = NearestName.Of(entry.Key, known) is { } nearest ? $"Did you mean '{nearest}'?"
                : $"What {type.Name} takes besides has its own name, which begins with {string.Join(" or ", type.Prefixes.Select(prefix => prefix + "_"))}.";
            diagnostics.Error(entry.KeySpan, NodeCodes.Unknown, $"'{entry.Key}' is not a key of a node{(type == HardwareTypes.Unknown ? "" : $" with pm_type {type.Name}")}.", remedy);
            return;
        }

        if (IsNothing(entry.Value))
            return;
        var value = entry.Key == "pm_port" ? Port(entry.Value) : entry.Key.StartsWith("pm_", StringComparison.Ordinal) ? String(type, entry) : entry.Value.ToValue();
        if (value is not null)
            _driverInfo.AddRange(names.Select(name => KeyValuePair.Create(name, value is StringValue text ? HardwareType.DriverValue(name, text.Text) : value)));
    }

    private Value? String(HardwareType type, YamlEntry entry)
    {
        var value = entry.Value.ToValue();
        if (value is StringValue { Text: var text })
        {
            if (entry.Key != "pm_addr" || NodeAddresses.ProblemOfController(text, type.TakesUrl) is not { } problem)
                return value;
            Wrong(entry.Value.Span, $"pm_addr {problem}.", $"It is the {(type.TakesUrl ? "address, name or URL" : "address or name")} of the node's management controller.");
            return null;
        }

        Wrong(entry.Value.Span, $"{entry.Key} must be a string, not {value.TypeName}.", value is ListValue or MapValue ? null : "Put it in quotes.");
        return null;
    }

    private Value? Port(YamlNode node)
    {
        var value = node.ToValue();
        if (Scalars.Text(value) is { } text && int.TryParse(text, out var port) && port is > 0 and < 65536)
            return value;
        Wrong(node.Span, "pm_port must be a number from 1 to 65535.");
        return null;
    }

    // The deploy images also serve for rescue.
    private void Images(YamlMapping map)
    {
        foreach (var (key, name) in new[] { ("kernel_id", "kernel"), ("ramdisk_id", "ramdisk") })
        {
            if (Text(map, key) is { } image)
                _driverInfo.AddRange([new($"deploy_{name}", image), new($"rescue_{name}", image)]);
        }
    }

    private void Sizes(YamlMapping map)
    {
        foreach (var (key, property) in s_sizes)
        {
            if (map[key] is not { } node || IsNothing(node))
                continue;
            if (Scalars.Text(node.ToValue()) is { } text && BigInteger.TryParse(text, out var size) && size >= 0)
                _properties.Add(new(property, node.ToValue()));
            else
                Wrong(node.Span, $"{key} must be a whole number.");
        }

        if (Text(map, "arch") is { } arch)
            _properties.Add(new("cpu_arch", arch));
        if (map["root_device"] is YamlMapping root)
            _properties.Add(new("root_device", new RootDeviceReader(diagnostics).Read(root)));
        else if (map["root_device"] is { } other && !IsNothing(other))
            Wrong(other.Span, $"root_device must be a map, not {other.ToValue().TypeName}.", "Say what to know the disk by, e.g. {serial: ...}.");
    }

    private string? Matching(YamlMapping map, string key, Regex pattern, string remedy)
    {
        if (Text(map, key) is not { } text || pattern.IsMatch(text))
            return Text(map, key);
        Wrong(map[key]!.Span, $"'{text}' is no {key} that Ironic takes.", remedy);
        return null;
    }

    private string? Text(YamlMapping map, string key)
    {
        if (map[key] is not { } node || IsNothing(node))
            return null;
        if (Scalars.Text(node.ToValue()) is { } text)
            return text;
        if (_refused.Add(key))
            Wrong(node.Span, $"{key} must be a string, not {node.ToValue().TypeName}.");
        return null;
    }

    // A value that cannot be read already has its finding.
    private static bool IsRefused(YamlMapping map, string key) => map[key] is { } node && !IsNothing(node);

    private static bool IsNothing(YamlNode node) => node is YamlScalar { Value: NullValue or StringValue { Text: "" } };

    private static string? Meaning(string key) => key switch
    {
        "pm_addr" => "It is the address of the node's management controller.",
        "pm_user" => "It is the user to log in as at the node's management controller.",
        "pm_password" => "It is the password at the node's management controller.",
        _ => null,
    };

    private void Wrong(SourceSpan place, string message, string? remedy = null) => diagnostics.Error(place, NodeCodes.Value, message, remedy);

    // The unreserved characters of RFC 3986, up to the length of Ironic's column.
    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,255}$")]
    private static partial Regex LogicalName();

    [GeneratedRegex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
    private static partial Regex Uuid();
}
