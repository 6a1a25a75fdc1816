using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>What reading a text as an option's type gave: a value, or what is wrong with the text.</summary>
public readonly record struct Reading(Value? Value, string? Problem)
{
    public static Reading Of(Value value) => new(value, null);

    /// <summary>A failure; <paramref name="problem"/> goes on after the value: "is not a number".</summary>
    public static Reading Wrong(string problem) => new(null, problem);
}

/// <summary>How a text becomes an option's value.</summary>
/// <param name="Name">The type's name in the reference and the sample file.</param>
/// <param name="Allowed">What is allowed, for messages: "a whole number from 1000 to 65536".</param>
/// <param name="Read">Text to value.</param>
public sealed record OptionType(string Name, string Allowed, Func<string, Reading> Read)
{
    /// <summary>Value to text that is read back as the value.</summary>
    public Func<Value, string> Write { get; init; } = Text;

    private static string Text(Value value) => value switch
    {
        NullValue => "",
        ListValue list => string.Join(", ", list.Items.Select(Text)),
        StringValue text => text.Text,
        _ => value.ToString(),
    };
}
