using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Functions;

/// <summary>A function as it is written: its name and its arguments, parsed when the function asks for them.</summary>
/// <param name="name">The key of the single-key map.</param>
/// <param name="node">The arguments.</param>
/// <param name="span">The place of the name.</param>
/// <param name="parser">Parses the arguments in the same context.</param>
public sealed class FunctionCall(string name, YamlNode node, SourceSpan span, ExpressionParser parser)
{
    private readonly List<Expression> _parsed = [];

    public string Name => name;

    public YamlNode Node => node;

    public SourceSpan Span => span;

    public ExpressionParser Parser => parser;

    public HotVersion Version => parser.Version;

    /// <summary>Every argument that the function has parsed.</summary>
    internal IReadOnlyList<Expression> Parsed => _parsed;

    /// <summary>The arguments as one expression.</summary>
    public Expression Argument => Parse(node);

    /// <summary>One argument.</summary>
    public Expression Parse(YamlNode argument)
    {
        var parsed = parser.Parse(argument);
        _parsed.Add(parsed);
        return parsed;
    }

    /// <summary>The arguments one by one when they are written as a list, else null.</summary>
    public ImmutableArray<Expression>? Items() => node is YamlSequence list ? [.. list.Items.Select(Parse)] : null;

    /// <summary>The named arguments when they are written as a map that is no function itself, else null.</summary>
    public IReadOnlyDictionary<string, Expression>? Named() =>
        node is YamlMapping map && !parser.IsFunction(map)
            ? map.Entries.ToDictionary(entry => entry.Key, entry => Parse(entry.Value), StringComparer.Ordinal)
            : null;

    /// <summary>
    /// The arguments as Python unpacks them: the items of a list, but also the letters of a string or the keys of a map; null
    /// for a value without items.
    /// </summary>
    public ImmutableArray<Expression>? Unpacked() => node switch
    {
        YamlSequence => Items(),
        YamlScalar { Value: StringValue text } => [.. PythonString.CodePoints(text.Text).Select(letter => new Literal(letter, node.Span))],
        YamlMapping map when Named() is not null => [.. map.Entries.Select(entry => new Literal(entry.Key, entry.KeySpan))],
        _ => null,
    };

    /// <summary>The expression for a malformed call.</summary>
    public Function Invalid(string message, string? remedy = null) => new InvalidCall(this, "HOT030", message, remedy);
}
