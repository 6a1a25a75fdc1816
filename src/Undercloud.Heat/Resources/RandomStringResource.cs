using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// <c>OS::Heat::RandomString</c>. Heat draws the string once and stores it; here it is derived from the request's seed and the
/// resource's place, so that every run has the same one.
/// </summary>
internal sealed class RandomStringResource(ResourcePlace place) : NativeResource(place, Schema)
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    private static readonly ImmutableDictionary<string, string> s_classes = new Dictionary<string, string>
    {
        ["letters"] = Lower + Upper,
        ["lowercase"] = Lower,
        ["uppercase"] = Upper,
        ["digits"] = Digits,
        ["hexdigits"] = Digits + "ABCDEF",
        ["octdigits"] = "01234567",
        ["lettersdigits"] = Lower + Upper + Digits,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly PropertySchema s_least = new("min", PropertyType.Integer) { Default = 1, Bounds = (1, 512) };

    /// <summary>Its properties.</summary>
    public static ImmutableArray<PropertySchema> Schema { get; } =
    [
        new("length", PropertyType.Integer) { Default = 32, Bounds = (1, 512) },
        new("sequence", PropertyType.String) { Allowed = [.. s_classes.Keys] },
        new("character_classes", PropertyType.List)
        {
            Item = new("class", PropertyType.Map) { Members = [new("class", PropertyType.String) { Default = "lettersdigits", Allowed = [.. s_classes.Keys] }, s_least] },
        },
        new("character_sequences", PropertyType.List)
        {
            Item = new("sequence", PropertyType.Map) { Members = [new("sequence", PropertyType.String) { Required = true }, s_least] },
        },
        new("salt", PropertyType.String),
    ];

    private string _value = "";

    protected override MapValue Attributes => new([new("value", _value)]);

    public override Value Reference() => _value;

    protected override bool Create(IReadOnlyDictionary<string, Value> properties)
    {
        if (properties.GetValueOrDefault("sequence") is StringValue { Text.Length: > 0 } && Properties().TryGetValue("character_classes", out var classes) && classes.Value is not NullValue)
            return Reject(Properties()["sequence"], "sequence", "cannot go with character_classes");
        var length = (int)((IntegerValue)properties["length"]).Number;
        var sets = Sets(properties);
        if (sets.Sum(set => set.Least) > length)
        {
            Resolution.Error(Declaration.Span, "HOT025", $"The property 'length' of {Declaration.Type} is less than its character classes and sequences ask for together.");
            return false;
        }

        var draws = new Draws(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Resolution.Request.Seed), Encoding.UTF8.GetBytes(Place.PhysicalName)));
        var characters = sets.SelectMany(set => Enumerable.Range(0, set.Least).Select(_ => draws.Of(set.Characters))).ToList();
        var all = string.Concat(sets.SelectMany(set => set.Characters).Distinct());
        while (characters.Count < length)
            characters.Add(draws.Of(all));
        // Fisher and Yates, so that the required characters are not all at the front.
        for (var i = characters.Count - 1; i > 0; i--)
        {
            var other = draws.Below(i + 1);
            (characters[i], characters[other]) = (characters[other], characters[i]);
        }

        _value = string.Concat(characters);
        Resolution.Generated(_value);
        return true;
    }

    private static List<(string Characters, int Least)> Sets(IReadOnlyDictionary<string, Value> properties)
    {
        List<(string, int)> sets = [.. Items(properties, "character_sequences").Select(item => (Text(item["sequence"]!), Least(item)))];
        sets.AddRange(Items(properties, "character_classes").Select(item => (s_classes[Text(item["class"]!)], Least(item))));
        // The old property adds one more class, or is the only class where no classes are given.
        if (properties.GetValueOrDefault("sequence") is StringValue { Text: { Length: > 0 } old })
            sets.Add((s_classes[old], 1));
        else if (!properties.ContainsKey("character_classes"))
            sets.Add((s_classes["lettersdigits"], 1));
        return [.. sets.Where(set => set.Item1.Length > 0)];
    }

    private static IEnumerable<MapValue> Items(IReadOnlyDictionary<string, Value> properties, string name) =>
        (properties.GetValueOrDefault(name) as ListValue ?? ListValue.Empty).Items.Cast<MapValue>();

    private static string Text(Value value) => ((StringValue)value).Text;

    private static int Least(MapValue item) => (int)((IntegerValue)item["min"]!).Number;

    // A stream of numbers from a key: SHA-256 in counter mode, without the bias of a plain remainder.
    private sealed class Draws(byte[] key)
    {
        private readonly Queue<byte> _bytes = new();
        private int _counter;

        public char Of(string characters) => characters[Below(characters.Length)];

        public int Below(int limit)
        {
            while (true)
            {
                var number = (Next() << 16) | (Next() << 8) | Next();
                if (number < 0x1000000 / limit * limit)
                    return number % limit;
            }
        }

        private int Next()
        {
            if (_bytes.Count == 0)
            {
                foreach (var octet in HMACSHA256.HashData(key, BitConverter.GetBytes(_counter++)))
                    _bytes.Enqueue(octet);
            }

            return _bytes.Dequeue();
        }
    }
}
