using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Reading;
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

    /// <summary>The node; null when the entry is no node, which is reported.</summary>
    public WantedNode? Read(YamlNode node)
    {
        var map = new ValueCursor(node.ToValue(), "", new(diagnostics, NodeCodes.Value, node) { UnknownKey = NodeCodes.Unknown, Missing = NodeCodes.Missing });
        if (map.Value is not MapValue)
        {
            map.Error($"A node must be a map, not {map.Value.TypeName}.");
            return null;
        }

        // Without a type the other keys are checked nevertheless: all errors are reported at once.
        var type = Type(map["pm_type"]) ?? HardwareTypes.Unknown;
        foreach (var (key, item) in map.Entries().Where(entry => !s_keys.Contains(entry.Key)))
            Driver(type, key, item);
        foreach (var key in type.Required.Where(key => !type.DriverKeys(key).Any(name => _driverInfo.Exists(pair => pair.Key == name)) && map[key].IsEmpty))
            diagnostics.Error(map.Place, NodeCodes.Missing, $"The node has no {key}, which {type.Name} needs.", Meaning(key));
        return Made(map, type, node.Span);
    }

    private WantedNode Made(ValueCursor map, HardwareType type, SourceSpan place)
    {
        Images(map);
        Sizes(map);
        var platform = Text(map["platform"]);
        if (platform is not null && map["arch"].Value is NullValue)
            diagnostics.Error(map["platform"].KeyPlace, NodeCodes.Missing, "There is a platform without an arch.", "Say the architecture too, e.g. arch: x86_64.");
        return new(number, type, place)
        {
            Places = map.Entries().ToImmutableDictionary(entry => entry.Key, entry => entry.Item.KeyPlace ?? place, StringComparer.Ordinal),
            Name = Matching(map["name"], LogicalName(), "A name has letters, digits and -._~ alone."),
            Uuid = Matching(map["uuid"], Uuid(), "Leave it out: Ironic makes one.")?.ToLowerInvariant(),
            ResourceClass = Text(map["resource_class"]),
            ConductorGroup = Text(map["conductor_group"]),
            Platform = platform,
            DriverInfo = new(_driverInfo),
            Properties = new(_properties),
            Capabilities = CapabilityReader.Read(map["capabilities"], Text(map["profile"])),
            Interfaces = new(Interfaces.Select(key => (key, Text(map[key]))).Where(pair => pair.Item2 is not null).Select(pair => KeyValuePair.Create(pair.key, (Value)pair.Item2!))),
            Controller = type.ControllerOf(key => type.DriverKeys(key) is [var name, ..] && _driverInfo.Find(pair => pair.Key == name).Value is { } value ? Scalars.Text(value) : null),
            Ports = PortReader.Read(map),
        };
    }

    private HardwareType? Type(ValueCursor given)
    {
        if (given.Value is not StringValue { Text: { Length: > 0 } name })
        {
            diagnostics.Error(given.Place, NodeCodes.Type, "The node has no pm_type, its hardware type.", "Say e.g. pm_type: ipmi.");
            return null;
        }

        if (HardwareTypes.Named(name) is not { } type)
        {
            diagnostics.Error(given.Place, NodeCodes.Type, $"There is no pm_type '{name}'.", HardwareTypes.Remedy(name));
            return null;
        }

        if (type.Name != name)
            diagnostics.Warning(given.Place, NodeCodes.FormerType, $"The pm_type {name} is {type.Name} now.", $"Write {type.Name}.");
        return type;
    }

    private void Driver(HardwareType type, string key, ValueCursor item)
    {
        var names = type.DriverKeys(key);
        if (names.IsEmpty)
        {
            var nearest = NearestName.Of(key, s_keys.Concat(type.Keys.Keys));
            if (type == HardwareTypes.Unknown && nearest is null)
                return;
            var remedy = nearest is not null ? $"Did you mean '{nearest}'?"
                : $"What {type.Name} takes besides has its own name, which begins with {string.Join(" or ", type.Prefixes.Select(prefix => prefix + "_"))}.";
            diagnostics.Error(item.KeyPlace, NodeCodes.Unknown, $"'{key}' is not a key of a node{(type == HardwareTypes.Unknown ? "" : $" with pm_type {type.Name}")}.", remedy);
        }
        else if (!item.IsEmpty && IsRight(type, key, item))
        {
            _driverInfo.AddRange(names.Select(name => KeyValuePair.Create(name, item.Value is StringValue text ? HardwareType.DriverValue(name, text.Text) : item.Value)));
        }
    }

    private static bool IsRight(HardwareType type, string key, ValueCursor item)
    {
        if (key == "pm_port")
            return item.Whole(1, 65535) is not null;
        if (!key.StartsWith("pm_", StringComparison.Ordinal))
            return true;
        if (item.Value is not StringValue { Text: var text })
            item.Fail($"must be a string, not {item.Value.TypeName}", item.Value is ListValue or MapValue ? null : "Put it in quotes.");
        else if (key == "pm_addr" && NodeAddresses.ProblemOfController(text, type.TakesUrl) is { } problem)
            item.Fail(problem, $"It is the {(type.TakesUrl ? "address, name or URL" : "address or name")} of the node's management controller.");
        else
            return true;
        return false;
    }

    // The deploy images also serve for rescue.
    private void Images(ValueCursor map)
    {
        foreach (var (key, name) in new[] { ("kernel_id", "kernel"), ("ramdisk_id", "ramdisk") })
        {
            if (Text(map[key]) is { } image)
                _driverInfo.AddRange([new($"deploy_{name}", image), new($"rescue_{name}", image)]);
        }
    }

    private void Sizes(ValueCursor map)
    {
        foreach (var (key, property) in s_sizes)
        {
            if (!map[key].IsEmpty && map[key].Whole(0) is not null)
                _properties.Add(new(property, map[key].Value));
        }

        if (Text(map["arch"]) is { } arch)
            _properties.Add(new("cpu_arch", arch));
        if (map["root_device"] is { IsEmpty: false } root && root.Map().Count > 0)
            _properties.Add(new("root_device", RootDeviceReader.Read(root)));
    }

    private static string? Matching(ValueCursor item, Regex pattern, string remedy) =>
        item.IsEmpty ? null : item.Checked(text => pattern.IsMatch(text) ? null : "Ironic does not take", remedy);

    private static string? Text(ValueCursor item) => item.IsEmpty ? null : item.OptionalText();

    private static string? Meaning(string key) => key switch
    {
        "pm_addr" => "It is the address of the node's management controller.",
        "pm_user" => "It is the user to log in as at the node's management controller.",
        "pm_password" => "It is the password at the node's management controller.",
        _ => null,
    };

    // The unreserved characters of RFC 3986, up to the length of Ironic's column.
    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,255}$")]
    private static partial Regex LogicalName();

    [GeneratedRegex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
    private static partial Regex Uuid();
}
