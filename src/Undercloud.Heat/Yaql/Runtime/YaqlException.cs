namespace Undercloud.Heat.Yaql.Runtime;

internal enum ErrorKind
{
    Other,
    NoMatch,
    Index,

    /// <summary>A limit of this engine was exceeded: no function may catch that.</summary>
    Limit,
}

/// <summary>Ends an evaluation, as Python's exceptions do; never leaves <see cref="YaqlExpression.Evaluate"/>.</summary>
internal sealed class YaqlException(string message, ErrorKind kind = ErrorKind.Other) : Exception(message)
{
    public ErrorKind Kind { get; } = kind;

    public static YaqlException StopIteration { get => new("StopIteration: the collection is empty"); }

    public static YaqlException Type(string message) => new("TypeError: " + message);

    public static YaqlException Value(string message) => new("ValueError: " + message);
}
