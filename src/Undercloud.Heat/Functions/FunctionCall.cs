using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Functions;

/// <summary>A function as it is written: its name and its arguments, not parsed yet.</summary>
/// <param name="Name">The key of the single-key map.</param>
/// <param name="Node">The arguments.</param>
/// <param name="Span">The place of the name.</param>
/// <param name="Parser">Parses the arguments in the same context.</param>
public sealed record FunctionCall(string Name, YamlNode Node, SourceSpan Span, ExpressionParser Parser)
{
    public HotVersion Version => Parser.Version;

    /// <summary>The arguments as one expression.</summary>
    public Expression Argument => Parser.Parse(Node);

    /// <summary>The arguments one by one when a list is written there, else null.</summary>
    public ImmutableArray<Expression>? Items() =>
        Node is YamlSequence list ? [.. list.Items.Select(Parser.Parse)] : null;

    /// <summary>The named arguments when a map is written there that is no function itself, else null.</summary>
    public IReadOnlyDictionary<string, Expression>? Named() =>
        Node is YamlMapping map && !Parser.IsFunction(map)
            ? map.Entries.ToDictionary(entry => entry.Key, entry => Parser.Parse(entry.Value), StringComparer.Ordinal)
            : null;

    /// <summary>The expression for a call that is wrong as written.</summary>
    public Function Invalid(string message, string? remedy = null) => new InvalidCall(this, "HOT030", message, remedy);
}
