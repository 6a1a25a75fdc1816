using System.Collections.Immutable;
using System.Globalization;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>An option of a bond with its valid values.</summary>
/// <param name="Takes">The valid values, for messages.</param>
/// <param name="Accepts">Whether a value is one of them.</param>
internal sealed record BondOption(string Takes, Func<string, bool> Accepts)
{
    /// <summary>Any value.</summary>
    public static BondOption Any { get; } = new("a text", _ => true);

    /// <summary>One of several words.</summary>
    public static BondOption OneOf(params ImmutableArray<string> words) => new($"{string.Join(", ", words)}", value => words.Contains(value));

    /// <summary>One of several words, or its number: <c>ip link</c> accepts both.</summary>
    public static BondOption Numbered(params ImmutableArray<string> words) =>
        new($"{string.Join(", ", words)}", value => words.Contains(value) || IsNumber(value, 0, words.Length - 1));

    /// <summary>A whole number in a range.</summary>
    public static BondOption Number(int least = 0, int most = int.MaxValue) => new($"a whole number from {least} to {most}", value => IsNumber(value, least, most));

    private static bool IsNumber(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
}
