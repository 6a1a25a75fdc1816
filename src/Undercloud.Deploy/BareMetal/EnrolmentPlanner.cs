using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Compares the nodes of a file with Ironic's.</summary>
public static class EnrolmentPlanner
{
    private const string ControlPlane = "ctlplane";

    /// <summary>The actions of an import, in the order of the file. A node that matches several of Ironic's is reported.</summary>
    public static ImmutableArray<NodeEnrolment> Plan(IReadOnlyCollection<WantedNode> wanted, IReadOnlyCollection<FoundNode> found, DiagnosticBag diagnostics)
    {
        var matches = new NodeMatches(found);
        var taken = new Dictionary<string, WantedNode>(StringComparer.Ordinal);
        var plan = ImmutableArray.CreateBuilder<NodeEnrolment>();
        foreach (var node in wanted)
        {
            var match = matches.Of(node, diagnostics);
            if (match is not null && !taken.TryAdd(match.Uuid, node))
            {
                diagnostics.Error(
                    node.Place, NodeCodes.Ambiguous, $"This node and {taken[match.Uuid].Label} (line {taken[match.Uuid].Place.Line}) are one node of Ironic: {match.Label} ({match.Uuid}).",
                    "Its name, its controller or a port of it is in the one, another in the other: put them together, or delete the node in Ironic.");
            }

            plan.Add(match is null ? New(node) : Known(node, match));
        }

        return plan.ToImmutable();
    }

    private static NodeEnrolment New(WantedNode node)
    {
        var fields = new List<KeyValuePair<string, Value>>
        {
            new("driver", node.Type.Name),
            new("driver_info", node.DriverInfo),
            new("properties", node.Capabilities.IsEmpty ? node.Properties : node.Properties.With("capabilities", CapabilityReader.Write(node.Capabilities))),
            new("resource_class", node.ResourceClass ?? "baremetal"),
        };
        foreach (var (field, text) in new[] { ("name", node.Name), ("uuid", node.Uuid), ("conductor_group", node.ConductorGroup) })
        {
            if (text is not null)
                fields.Add(new(field, text));
        }

        if (node.Platform is { } platform)
            fields.Add(new("extra", new MapValue([new("tripleo_platform", platform)])));
        return new(node, null)
        {
            Action = EnrolmentAction.Create,
            Creation = new(fields.Concat(node.Interfaces.Entries)),
            Ports = [.. node.Ports.Select(NewPort)],
        };
    }

    private static NodeEnrolment Known(WantedNode node, FoundNode found)
    {
        var changes = Changes(node, found).Where(change => !Scalars.Same(change.Before, change.After)).ToImmutableArray();
        var ports = node.Ports.Select(port => Port(port, found)).OfType<PortEnrolment>().ToImmutableArray();
        var enrolment = new NodeEnrolment(node, found) { Action = EnrolmentAction.Keep, Changes = changes, Ports = ports };
        return enrolment with
        {
            Action = enrolment.OnlyUnseen ? EnrolmentAction.Keep
                : found.IsIdle ? EnrolmentAction.Update
                : EnrolmentAction.Leave,
        };
    }

    private static IEnumerable<FieldChange> Changes(WantedNode node, FoundNode found)
    {
        yield return new("/driver", found.Driver, node.Type.Name);
        foreach (var (field, text) in new[] { ("name", node.Name), ("resource_class", node.ResourceClass), ("conductor_group", node.ConductorGroup) })
        {
            if (text is not null)
                yield return new($"/{field}", found.Fields[field], text);
        }

        foreach (var (field, value) in node.Interfaces.Entries)
            yield return new($"/{field}", found.Fields[field], value);
        foreach (var (key, value) in node.DriverInfo.Entries)
            yield return new($"/driver_info/{Pointer(key)}", found.Map("driver_info")[key], value);
        foreach (var (key, value) in node.Properties.Entries)
            yield return new($"/properties/{key}", found.Map("properties")[key], value);
        if (node.Platform is { } platform)
            yield return new("/extra/tripleo_platform", found.Map("extra")["tripleo_platform"], platform);

        // Capabilities that an inspection found are kept beside those of the file.
        var before = CapabilityReader.Parse(Scalars.Text(found.Map("properties")["capabilities"]) ?? "");
        var after = before.SetItems(node.Capabilities);
        if (!after.SequenceEqual(before))
            yield return new("/properties/capabilities", found.Map("properties")["capabilities"], CapabilityReader.Write(after));
    }

    private static PortEnrolment NewPort(WantedPort port) =>
        new(port.Fields.ContainsKey("physical_network") ? port : port with { Fields = port.Fields.With("physical_network", ControlPlane) }, null, []);

    private static PortEnrolment? Port(WantedPort port, FoundNode node)
    {
        if (node.Ports.FirstOrDefault(one => one.Address == port.Address) is not { } found)
            return NewPort(port);
        var changes = port.Fields.Entries.Select(entry => new FieldChange($"/{entry.Key}", found.Fields[entry.Key], entry.Value))
            .Where(change => !Scalars.Same(change.Before, change.After)).ToImmutableArray();
        return changes.IsEmpty ? null : new(port, found, changes);
    }

    private static string Pointer(string key) => key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
