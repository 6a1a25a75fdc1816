using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

/// <summary>Small random trees: a root and up to three templates below it, mapped and nested in each other, with an environment.</summary>
internal sealed class StackGenerator(Random random)
{
    private static readonly string[] s_files = ["main.yaml", "a.yaml", "b.yaml", "c.yaml"];
    private static readonly string[] s_versions = ["rocky", "rocky", "rocky", "queens", "pike", "wallaby", "newton", "2015-10-15"];
    private static readonly string[] s_outputs = ["x", "y", "z"];

    private static readonly (string Name, string Type)[] s_parameters =
        [("S", "string"), ("N", "number"), ("B", "boolean"), ("L", "comma_delimited_list"), ("J", "json")];

    // The resources so far of the template being made, with the attributes they mostly have.
    private readonly List<(string Name, string[] Attributes)> _resources = [];

    public static StackCase Case(int seed) => new StackGenerator(new Random(seed)).Make($"seed {seed}");

    private StackCase Make(string name)
    {
        var files = Enumerable.Range(1, 3).Select(i => KeyValuePair.Create(s_files[i], (Value)Template(i))).ToList();
        return StackCase.Of(name, Template(0), new MapValue(files), Environment(), null);
    }

    private MapValue Template(int level)
    {
        _resources.Clear();
        var resources = Range(3, i => KeyValuePair.Create($"R{i}", (Value)Resource(level, $"R{i}")));
        return new(
        [
            new("heat_template_version", One(s_versions)),
            new("parameters", new MapValue(s_parameters.Select(Parameter))),
            new("resources", new MapValue(resources)),
            new("outputs", new MapValue(s_outputs.Select(output => KeyValuePair.Create(output, (Value)new MapValue([new("value", Expression(3, attributes: true))]))))),
        ]);
    }

    private KeyValuePair<string, Value> Parameter((string Name, string Type) parameter) => KeyValuePair.Create(
        parameter.Name,
        (Value)new MapValue([new("type", parameter.Type), .. Chance(95) ? new KeyValuePair<string, Value>[] { new("default", Typed(parameter.Type)) } : []]));

    private MapValue Resource(int level, string name)
    {
        var entries = new List<KeyValuePair<string, Value>>();
        var depends = _resources.Count > 0 && Chance(15) ? One(_resources).Name : null;
        switch (random.Next(8))
        {
            case 0:
                entries.AddRange([new("type", "OS::Heat::None"), new("properties", new MapValue([new("p", Literal(1))]))]);
                _resources.Add((name, ["x", "y"]));
                break;
            case 1 or 2:
                entries.AddRange([new("type", "OS::Heat::Value"), new("properties", ValueProperties())]);
                _resources.Add((name, ["value"]));
                break;
            case 3:
                entries.AddRange([new("type", "OS::Heat::ResourceGroup"), new("properties", Group(level))]);
                _resources.Add((name, ["x", "y", "refs", "refs_map", "resource.0.x", "resource.1.resource.R0", "attributes", "removed_rsrc_list"]));
                break;
            case 4:
                entries.AddRange([new("type", "OS::Heat::ResourceChain"), new("properties", Chain(level))]);
                _resources.Add((name, ["x", "z", "refs", "resource.0", "resource.1.y", "attributes"]));
                break;
            default:
                entries.AddRange([new("type", Type(level)), new("properties", Properties())]);
                _resources.Add((name, ["x", "y", "z", "resource.R0", "resource.R1.value", "show"]));
                break;
        }

        if (depends is not null)
            entries.Add(new("depends_on", depends));
        if (Chance(10))
            entries.Add(new("metadata", new MapValue([new("m", Expression(1, attributes: false))])));
        return new(entries);
    }

    private MapValue ValueProperties() => new(
        [new("value", Property()), .. Chance(20) ? new KeyValuePair<string, Value>[] { new("type", One(s_parameters).Type) } : []]);

    private MapValue Group(int level)
    {
        var definition = new MapValue([new("type", Type(level)), new("properties", Properties())]);
        var entries = new List<KeyValuePair<string, Value>> { new("count", One<Value>([0, 1, 2, 2, "2", Value.Null, Call("get_param", "N")])), new("resource_def", definition) };
        if (Chance(15))
            entries.Add(new("removal_policies", new ListValue([new MapValue([new("resource_list", new ListValue([One<Value>(["0", 1, "x"])]))])])));
        return new(entries);
    }

    private MapValue Chain(int level) => new(
    [
        new("resources", new ListValue([.. Range(2, _ => (Value)Mapped(level))])),
        new("resource_properties", Properties()),
        .. Chance(30) ? new KeyValuePair<string, Value>[] { new("concurrent", One<Value>([true, "false", Value.Null])) } : [],
    ]);

    private MapValue Properties() => new(s_parameters.Where(_ => Chance(30)).Select(parameter => KeyValuePair.Create(
        parameter.Name, Chance(70) ? Typed(parameter.Type) : Chance(50) ? Call("get_param", parameter.Name) : Chance(30) ? Value.Null : Property())));

    // Only deeper templates, so that nothing contains itself.
    private string Type(int level) => level < 3 && Chance(60) ? s_files[random.Next(level + 1, 4)] : Mapped(level);

    private string Mapped(int level) => level < 3 ? $"T{level}::{One(["A", "B", "Any", "Any"])}" : One(["OS::Heat::None", "T3::None", "OS::Heat::TestResource"]);

    private MapValue Environment()
    {
        var registry = new List<KeyValuePair<string, Value>> { new("T3::None", "OS::Heat::None") };
        for (var level = 0; level < 3; level++)
        {
            registry.Add(new($"T{level}::A", s_files[random.Next(level + 1, 4)]));
            registry.Add(new($"T{level}::B", One<string>([$"T{level}::A", "OS::Heat::None", "OS::Heat::TestResource", s_files[3]])));
            registry.Add(new($"T{level}::An*", One<string>(["OS::Heat::None", $"T{level}::A", $"T{level}::B"])));
        }

        if (Chance(30))
            registry.Add(new("resources", new MapValue([new(One(["R0", "R*", "R?"]), new MapValue([new(One(["R1", "0", "R*"]), new MapValue([new("T1::A", "T2::B")]))]))])));
        var parameters = s_parameters.Where(_ => Chance(15)).Select(parameter => KeyValuePair.Create(parameter.Name, Typed(parameter.Type)));
        return new(
        [
            new("resource_registry", new MapValue(registry)),
            new("parameter_defaults", new MapValue(parameters)),
            new("parameters", new MapValue(s_parameters.Where(_ => Chance(10)).Select(parameter => KeyValuePair.Create(parameter.Name, Typed(parameter.Type))))),
        ]);
    }

    // Before it creates anything Heat asks properties for attributes that are still null, and refuses what cannot take that; so no
    // function has attributes here.
    private Value Property() => random.Next(4) switch
    {
        0 => Expression(2, attributes: false),
        1 => new MapValue([new("k", Attribute()), new("l", new ListValue([Attribute(), Literal(1)]))]),
        _ => Attribute(),
    };

    private Value Expression(int depth, bool attributes)
    {
        if (depth == 0)
            return Chance(50) ? Literal(1) : Call("get_param", One(s_parameters).Name);
        Value Inner() => Expression(depth - 1, attributes);
        return random.Next(attributes ? 12 : 8) switch
        {
            0 => Literal(2),
            1 => Call("get_param", One(s_parameters).Name),
            2 => Call("get_param", new ListValue([One(s_parameters).Name, One<Value>(["a", 0, "0", 1])])),
            3 => Call("if", new ListValue([One<Value>([true, false, Call("equals", new ListValue([Inner(), Inner()]))]), Inner(), Inner()])),
            4 => Call("list_join", new ListValue([",", new ListValue([One<Value>(["u", Inner()]), "v"])])),
            5 => Call("str_replace", new MapValue([new("template", "a b"), new("params", new MapValue([new("a", Inner())]))])),
            6 => new ListValue([Inner(), Inner()]),
            7 => new MapValue([new("k", Inner())]),
            _ => Attribute(),
        };
    }

    private Value Attribute()
    {
        if (_resources.Count == 0)
            return Literal(1);
        var (name, attributes) = One(_resources);
        if (Chance(10))
            return Call("get_resource", name);
        var path = new List<Value> { name };
        // All attributes of other resources hold in Heat also those that are asked for elsewhere in the template.
        if (attributes is not ["value"] || Chance(95))
            path.Add(One(attributes));
        if (Chance(40) && path.Count == 2)
            path.Add(One<Value>(path[1] is StringValue { Text: var asked } && asked.StartsWith("resource.", StringComparison.Ordinal) ? ["x", "k", "y", "value"] : ["x", "k", 0, "y", "value"]));
        return Call("get_attr", new ListValue([.. path]));
    }

    private Value Typed(string type) => type switch
    {
        "string" => One<Value>(["s", "", "a,b", 5, true]),
        "number" => One<Value>([0, 1, 2, "3", new FloatValue(1.5)]),
        "boolean" => One<Value>([true, false, "true", "False"]),
        "json" => One<Value>([new MapValue([new("a", 1)]), new ListValue([1, Value.Null]), "{\"b\": [1]}", MapValue.Empty]),
        _ => One<Value>([new ListValue(["a", "b"]), "a,b", ListValue.Empty, "", new ListValue(["x,y"])]),
    };

    private Value Literal(int depth) => One<Value>(
        [1, "text", "", true, Value.Null, new FloatValue(2.5), new ListValue(["a", 1]), new MapValue([new("a", depth > 0 ? Literal(depth - 1) : 0)])]);

    private static MapValue Call(string function, Value argument) => new([new(function, argument)]);

    private T One<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private bool Chance(int percent) => random.Next(100) < percent;

    private List<T> Range<T>(int most, Func<int, T> make) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(make)];
}
