using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Undercloud.Heat.Values;

/// <summary>A resolved piece of data: the common model of YAML, JSON and HOT functions. Immutable, compared by content.</summary>
[JsonConverter(typeof(ValueJsonConverter))]
public abstract record Value
{
    /// <summary>The one null.</summary>
    public static Value Null { get; } = new NullValue();

    public static implicit operator Value(string text) => new StringValue(text);

    public static implicit operator Value(bool flag) => new BooleanValue(flag);

    public static implicit operator Value(int number) => new IntegerValue(number);

    /// <summary>The value's JSON type, as in Heat's messages: null, boolean, integer, float, string, list, map.</summary>
    public abstract string TypeName { get; }

    /// <summary>
    /// The approximate size of this value when written out: one for each value and one for every sixteen characters. Values are shared, so a small
    /// graph can represent more text than fits into memory; this tells beforehand.
    /// </summary>
    public virtual long Weight => 1;

    /// <summary>Compact JSON, for messages and debugging.</summary>
    public sealed override string ToString() => CanonicalJson.Write(this);
}

/// <summary>JSON null, YAML <c>~</c>, Python None.</summary>
public sealed record NullValue : Value
{
    internal NullValue()
    {
    }

    public override string TypeName => "null";
}

/// <summary>A boolean.</summary>
public sealed record BooleanValue(bool Flag) : Value
{
    public override string TypeName => "boolean";
}

/// <summary>An unbounded integer, as Python's.</summary>
public sealed record IntegerValue(BigInteger Number) : Value
{
    public override string TypeName => "integer";
}

/// <summary>A floating point number.</summary>
public sealed record FloatValue(double Number) : Value
{
    public override string TypeName => "float";
}

/// <summary>A string.</summary>
public sealed record StringValue(string Text) : Value
{
    public override long Weight => 1 + (Text.Length / 16);

    public override string TypeName => "string";
}

/// <summary>A list.</summary>
public sealed record ListValue(ImmutableArray<Value> Items) : Value
{
    public static ListValue Empty { get; } = new([]);

    public override string TypeName => "list";

    public override long Weight { get; } = Sum(Items);

    private static long Sum(ImmutableArray<Value> items)
    {
        var sum = 1L;
        foreach (var item in items)
            sum = long.Min(sum + item.Weight, long.MaxValue / 4);
        return sum;
    }

    public bool Equals(ListValue? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }
}
