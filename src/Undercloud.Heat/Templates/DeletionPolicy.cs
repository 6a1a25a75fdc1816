using System.Collections.Immutable;

namespace Undercloud.Heat.Templates;

/// <summary>The action on a resource when its stack is deleted; source: Heat 19, heat/engine/rsrc_defn.py.</summary>
internal static class DeletionPolicy
{
    public const string Delete = "Delete";
    public const string Retain = "Retain";
    public const string Snapshot = "Snapshot";

    /// <summary>The names that a template of a version may use.</summary>
    public static ImmutableArray<string> Names(HotVersion version) =>
        version >= HotVersion.Newton ? ["delete", "retain", "snapshot", Delete, Retain, Snapshot] : [Delete, Retain, Snapshot];

    /// <summary>The policy of a name, or null when there is none.</summary>
    public static string? Of(string name, HotVersion version) => name switch
    {
        Delete or Retain or Snapshot => name,
        "delete" when version >= HotVersion.Newton => Delete,
        "retain" when version >= HotVersion.Newton => Retain,
        "snapshot" when version >= HotVersion.Newton => Snapshot,
        _ => null,
    };
}
