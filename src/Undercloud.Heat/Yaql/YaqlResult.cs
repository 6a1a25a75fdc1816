using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql;

/// <summary>A value or the reason why there is none.</summary>
public sealed record YaqlResult
{
    public YaqlResult(Value value) => Value = value;

    public YaqlResult(YaqlError error) => Error = error;

    /// <summary>The value, when there is one.</summary>
    public Value? Value { get; }

    /// <summary>The error, when there is no value.</summary>
    public YaqlError? Error { get; }
}
