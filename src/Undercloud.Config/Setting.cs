using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>An option's effective value and its source.</summary>
/// <param name="Option">The option.</param>
/// <param name="Value">The value: typed, references replaced, paths absolute.</param>
/// <param name="Location">The place that sets it; null for the default.</param>
/// <param name="SetAs">The former name that sets it; null when the present name does.</param>
public sealed record Setting(ConfigOption Option, Value Value, SourceSpan? Location = null, string? SetAs = null)
{
    public bool IsDefault => Location is null;

    /// <summary>The value's source, for people: "default", "f.conf:3:12", "f.conf:3:12 (as undercloud_public_vip)".</summary>
    public string Source => Location is null ? "default" : SetAs is null ? $"{Location}" : $"{Location} (as {SetAs})";
}
