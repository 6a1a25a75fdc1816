using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The result of reading a text as an option's type: a value, or the problem of the text.</summary>
public readonly record struct Reading(Value? Value, string? Problem)
{
    public static Reading Of(Value value) => new(value, null);

    /// <summary>A failure; <paramref name="problem"/> continues the value: "is not a number".</summary>
    public static Reading Wrong(string problem) => new(null, problem);
}

/// <summary>The conversion of a text to an option's value.</summary>
/// <param name="Name">The type's name in the reference and the sample file.</param>
/// <param name="Allowed">The valid values, for messages: "a whole number from 1000 to 65536".</param>
/// <param name="Read">Text to value.</param>
public sealed record OptionType(string Name, string Allowed, Func<string, Reading> Read)
{
    /// <summary>The text that is read back as the value.</summary>
    public Func<Value, string> Write { get; init; } = Text;

    private static string Text(Value value) => value switch
    {
        NullValue => "",
        ListValue list => string.Join(", ", list.Items.Select(Text)),
        StringValue text => text.Text,
        _ => value.ToString(),
    };
}
