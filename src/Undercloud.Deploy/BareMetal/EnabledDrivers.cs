using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>The hardware types that an undercloud's Ironic has, each with its interfaces.</summary>
/// <param name="Types">Ironic's data about each type, by name.</param>
public sealed record EnabledDrivers(ImmutableSortedDictionary<string, MapValue> Types)
{
    /// <summary>Reports nodes whose hardware type or interfaces Ironic does not have.</summary>
    public void Check(IEnumerable<WantedNode> nodes, DiagnosticBag diagnostics)
    {
        foreach (var node in nodes)
        {
            if (!Types.TryGetValue(node.Type.Name, out var type))
            {
                diagnostics.Error(
                    node.PlaceOf("pm_type"), NodeCodes.TypeNotEnabled,
                    $"The hardware type {node.Type.Name} is not enabled in this undercloud; enabled are {(Types.IsEmpty ? "none: does Ironic's conductor run?" : string.Join(", ", Types.Keys))}.",
                    $"Add it to enabled_hardware_types in undercloud.conf and run `undercloud install`.");
                continue;
            }

            foreach (var (field, value) in node.Interfaces.Entries)
                Check(node, field, Scalars.Text(value)!, type[$"enabled_{field}s"] as ListValue, diagnostics);
        }
    }

    private static void Check(WantedNode node, string field, string value, ListValue? enabled, DiagnosticBag diagnostics)
    {
        if (enabled is null || enabled.Items.Contains(value))
            return;
        var names = enabled.Items.Select(Scalars.Text).OfType<string>().ToList();
        diagnostics.Error(
            node.PlaceOf(field), NodeCodes.InterfaceNotEnabled, $"The {field} {value} is not enabled for {node.Type.Name}; enabled are {string.Join(", ", names)}.",
            NearestName.Of(value, names) is { } nearest ? $"Did you mean '{nearest}'?" : $"Enable it in Ironic: enabled_{field}s.");
    }
}
