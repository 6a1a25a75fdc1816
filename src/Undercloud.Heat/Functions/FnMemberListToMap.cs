using System.Collections.Immutable;
using System.Numerics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>
/// <c>Fn::MemberListToMap: [Name, Value, ['.member.0.Name=key', '.member.0.Value=value', …]]</c>: a map from the list form of
/// Amazon's interfaces.
/// </summary>
public sealed class FnMemberListToMap : Function
{
    private const string Prefix = ".member.";
    private readonly string _key;
    private readonly string _value;
    private readonly Expression _members;

    private FnMemberListToMap(FunctionCall call, string key, string value, Expression members)
        : base(call)
    {
        _key = key;
        _value = value;
        _members = members;
    }

    public static FunctionDefinition Definition { get; } =
        new("Fn::MemberListToMap", HotVersion.V20130523, Create) { Until = HotVersion.V20130523 };

    public override Value? Evaluate(IScope scope)
    {
        if (_members.Resolve(scope) is not { } members)
            return null;
        if (Items(members) is not { } items)
            return Fail(scope, $"the members must be a list, not {members.TypeName}.");
        // Heat: of two members that set the same key the later one wins.
        var partials = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is not StringValue { Text: var text } || text.IndexOf('=') is not (>= 0 and var sign))
                return Fail(scope, $"a member must be a string with '=' in it, not {item}.");
            partials[text[..sign]] = text[(sign + 1)..];
        }

        return Pairs(partials);
    }

    private static Function Create(FunctionCall call) =>
        call.Unpacked() is [Literal { Value: StringValue key }, Literal { Value: StringValue value }, var members]
            ? new FnMemberListToMap(call, key.Text, value.Text, members)
            : call.Invalid("the arguments must be a list [name of keys, name of values, list of members].");

    private static IEnumerable<Value>? Items(Value members) => members switch
    {
        ListValue list => list.Items,
        MapValue map => map.Keys.Select(key => (Value)key),
        StringValue text => PythonString.CodePoints(text.Text).Select(letter => (Value)letter),
        _ => null,
    };

    private MapValue Pairs(OrderedDictionary<string, string> partials)
    {
        var members = new SortedDictionary<BigInteger, Dictionary<string, string>>();
        foreach (var (name, value) in partials)
        {
            if (Member(name) is not var (index, part))
                continue;
            if (!members.TryGetValue(index, out var member))
                members[index] = member = new(StringComparer.Ordinal);
            member[part] = value;
        }

        return new MapValue(members.Values
            .Where(member => member.ContainsKey(_key) && member.ContainsKey(_value))
            .Select(member => KeyValuePair.Create(member[_key], (Value)member[_value])).ToImmutableArray());
    }

    // member => ".member." digits "." part, up to the end of the line
    private static (BigInteger Index, string Part)? Member(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var rest = name.AsSpan(Prefix.Length);
        var dot = rest.IndexOfAnyExceptInRange('0', '9');
        if (dot is not (> 0 and <= 4300) || rest[dot] != '.')
            return null;
        var part = rest[(dot + 1)..];
        var end = part.IndexOf('\n');
        return (BigInteger.Parse(rest[..dot]), (end < 0 ? part : part[..end]).ToString());
    }
}
