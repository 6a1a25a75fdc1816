namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>The limits of one evaluation.</summary>
public sealed record YaqlLimits
{
    /// <summary>The limits that tripleoclient configures in the Heat that it starts: memory_quota 900000, limit_iterators 9000.</summary>
    public static YaqlLimits Default { get; } = new();

    /// <summary>yaql.limitIterators: the maximum length of a collection that a function iterates over; negative for no limit.</summary>
    public int Iterators { get; init; } = 9000;

    /// <summary>yaql.memoryQuota: the maximum size of one value in CPython, in bytes without its items; zero or negative for no limit.</summary>
    public int MemoryQuota { get; init; } = 900_000;

    /// <summary>The maximum number of iterated items per evaluation; a call counts as several. This engine's own limit: yaql would never stop.</summary>
    public long Steps { get; init; } = 10_000_000;

    /// <summary>The maximum number of bytes of text and lists per evaluation. This engine's own limit.</summary>
    public long ProducedBytes { get; init; } = 256 << 20;

    /// <summary>The maximum nesting depth of a result; Python's recursion ends at about this depth.</summary>
    public int Depth { get; init; } = 400;

    /// <summary>The clock of now().</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
