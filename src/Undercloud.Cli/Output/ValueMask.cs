using Undercloud.Deploy.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Output;

/// <summary>Masks secrets in values: a string that is a secret, whatever its length, and long secrets anywhere in a string or a key.</summary>
internal sealed class ValueMask(IEnumerable<string> secrets)
{
    private const string Hidden = "***";
    private readonly HashSet<string> _whole = [.. secrets];
    private readonly SecretMask _parts = new(secrets);

    /// <summary>A mask that shows everything.</summary>
    public static ValueMask None { get; } = new([]);

    public Value Apply(Value value) => value switch
    {
        StringValue { Text: var text } => Apply(text),
        ListValue list => new ListValue([.. list.Items.Select(Apply)]),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(_parts.Apply(entry.Key), Apply(entry.Value)))),
        _ => value,
    };

    /// <summary>The finding without secrets. Short secrets are masked where they are in quotes, as values are in a message.</summary>
    public Diagnostic Apply(Diagnostic finding) =>
        finding with { Message = Quoted(finding.Message), Remedy = finding.Remedy is { } remedy ? Quoted(remedy) : null };

    public string Apply(string text) => _whole.Contains(text) ? Hidden : _parts.Apply(text);

    private string Quoted(string text) => _whole
        .Aggregate(_parts.Apply(text), (masked, secret) => masked
            .Replace($"\"{secret}\"", $"\"{Hidden}\"", StringComparison.Ordinal)
            .Replace($"'{secret}'", $"'{Hidden}'", StringComparison.Ordinal));
}
