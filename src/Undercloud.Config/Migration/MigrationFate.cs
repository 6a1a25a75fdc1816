namespace Undercloud.Config;

/// <summary>What a migration does with an assignment of the old file.</summary>
public enum MigrationFate
{
    /// <summary>It stays as it is.</summary>
    Kept,

    /// <summary>It stays in its section under the option's new name.</summary>
    Renamed,

    /// <summary>It moves to another section.</summary>
    Moved,

    /// <summary>It is commented out: the option can have no effect.</summary>
    WithoutEffect,

    /// <summary>It is commented out: another assignment of the same option overrides it.</summary>
    Overridden,

    /// <summary>It is commented out: no release has it in this section.</summary>
    Unknown,

    /// <summary>It is not in the old file, but its default has changed; the old default is added as a comment.</summary>
    DefaultChanged,
}
