using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>The kinds of a difference.</summary>
public enum DifferenceKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>A step into a value: a key of a map, or an item of a list by its old and new position.</summary>
/// <param name="Key">The key; null for an item.</param>
/// <param name="Old">The item's old index; null when it was added.</param>
/// <param name="New">The item's new index; null when it was removed.</param>
/// <param name="Name">The item's name, where items are identified by their names.</param>
public readonly record struct DifferenceStep(string? Key, int? Old, int? New, string? Name)
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(".[] \n\"");

    /// <summary>The step in the form of a path: <c>.key</c>, <c>[3]</c>, <c>[3>4]</c> for an item that moved, <c>[name]</c>.</summary>
    public override string ToString() =>
        Key is not null ? Key.Length > 0 && !Key.AsSpan().ContainsAny(s_special) ? $".{Key}" : $".\"{Key.Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\""
        : Name is not null ? $"[{Name}]"
        : Old is { } old && New is { } @new && old != @new ? $"[{old}>{@new}]"
        : $"[{Old ?? New}]";
}

/// <summary>One place in which two values differ.</summary>
/// <param name="Path">The steps to the place.</param>
/// <param name="Old">The old value; null when there was none.</param>
/// <param name="New">The new value; null when there is none.</param>
public sealed record ValueDifference(ImmutableArray<DifferenceStep> Path, Value? Old, Value? New)
{
    public DifferenceKind Kind => Old is null ? DifferenceKind.Added : New is null ? DifferenceKind.Removed : DifferenceKind.Changed;

    /// <summary>The path as text, e.g. <c>RoleData.Undercloud.config_settings.keystone::debug</c>.</summary>
    public string PathText
    {
        get
        {
            var text = new StringBuilder();
            foreach (var step in Path)
                text.Append(step);
            return text.ToString().TrimStart('.');
        }
    }
}
