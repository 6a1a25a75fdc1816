namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>What one evaluation may take.</summary>
public sealed record YaqlLimits
{
    /// <summary>What tripleoclient gives the Heat it starts: memory_quota 900000, limit_iterators 9000.</summary>
    public static YaqlLimits Default { get; } = new();

    /// <summary>yaql.limitIterators: how long a collection may be that a function goes through; negative is without limit.</summary>
    public int Iterators { get; init; } = 9000;

    /// <summary>yaql.memoryQuota: how many bytes one value may take in CPython, items not counted; not positive is without limit.</summary>
    public int MemoryQuota { get; init; } = 900_000;

    /// <summary>Items one evaluation may go through; a call counts as several. A limit of ours: yaql would go on without end.</summary>
    public long Steps { get; init; } = 10_000_000;

    /// <summary>Bytes of text and lists one evaluation may make in all. A limit of ours.</summary>
    public long ProducedBytes { get; init; } = 256 << 20;

    /// <summary>How deeply a result may be nested; Python's recursion ends about there.</summary>
    public int Depth { get; init; } = 400;

    /// <summary>What now() looks at.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
