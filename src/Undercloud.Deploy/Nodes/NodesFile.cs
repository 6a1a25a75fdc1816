using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Nodes;

/// <summary>Reads a nodes file: a list of nodes, each with <c>name</c>, <c>role</c> and <c>address</c>, and how it is reached.</summary>
public static class NodesFile
{
    /// <summary>The file cannot be read as a list of nodes.</summary>
    public const string Syntax = "NODES001";

    /// <summary>A key or value of a node is wrong or missing.</summary>
    public const string Invalid = "NODES002";

    /// <summary>Two nodes have the same name, address or host.</summary>
    public const string Duplicate = "NODES003";

    private const string Needed = "Each node has a name, a role and an address.";

    // The first three are required.
    private static readonly string[] s_keys = ["name", "role", "address", "interface", "connection", "host", "user", "port", "key"];

    /// <summary>The nodes of a text; what is wrong with it is reported, all of it.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="path">The file, for findings.</param>
    /// <param name="roles">The names of the roles in the roles file.</param>
    /// <param name="isOwn">Whether an address is one of the deploying host; a node with such an address is not reached over SSH.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static ImmutableArray<CloudNode> Read(string text, string path, IReadOnlyCollection<string> roles, Func<AddressWithPrefix, bool> isOwn, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var root = YamlReader.Read(text, path, found);
        diagnostics.AddRange(found.All);
        if (found.HasErrors)
            return [];
        if (root is not YamlSequence { Items: [_, ..] } list)
        {
            diagnostics.Error(root?.Span ?? new(path, 0, 0), Syntax, "A nodes file is a list of nodes.", "Give each node a name, a role and an address: - {name: node-1, role: Controller, address: 192.168.24.1/24}");
            return [];
        }

        var nodes = ImmutableArray.CreateBuilder<CloudNode>();
        var places = new Dictionary<(string What, string Text), SourceSpan?>();
        foreach (var item in list.Items)
        {
            var wrong = new DiagnosticBag();
            var entry = new ValueCursor(item.ToValue(), "", new(wrong, Invalid, item));
            var node = Node(entry, roles, isOwn);
            diagnostics.AddRange(wrong.All);
            if (node is null || wrong.HasErrors)
                continue;
            Once("name", node.Name, entry["name"]);
            Once("address", $"{node.Address.Address}", entry["address"]);
            Once("connection", node.Connection is { } ssh ? $"{ssh.Host}:{ssh.Port}" : "the deploying host itself", entry["host"]);
            nodes.Add(node);
        }

        return nodes.DrainToImmutable();

        void Once(string what, string value, ValueCursor entry)
        {
            if (!places.TryAdd((what, value), entry.Place))
                diagnostics.Error(entry.Place, Duplicate, $"Two nodes have the {what} {value}; the other one is at {places[(what, value)]}.", "Each node has a name, an address and a host of its own.");
        }
    }

    private static CloudNode? Node(ValueCursor entry, IReadOnlyCollection<string> roles, Func<AddressWithPrefix, bool> isOwn)
    {
        if (entry.Value is not MapValue)
        {
            entry.Error("A node must be a map.", Needed);
            return null;
        }

        entry.OnlyKeys(s_keys, "a node");
        foreach (var missing in s_keys.Take(3).Select(key => entry[key]).Where(value => value.IsNull))
            missing.Missing(Needed);
        var name = entry["name"].Checked(HostName.ProblemOf, "Use letters, digits and hyphens, as in a host name.");
        var role = entry["role"].Checked(
            text => roles.Contains(text) ? null : "the roles file does not have",
            NearestName.Of($"{entry["role"].Value}".Trim('"'), roles) is { } near ? $"Did you mean '{near}'?" : $"It has {string.Join(", ", roles)}.");
        var address = entry["address"].Checked(
            text => AddressWithPrefix.TryParse(text, out _) ? null : "is no address with a prefix length", "Write the node's address on the control plane, e.g. 192.168.24.1/24.");
        var connection = entry["connection"].Checked(text => text is "ssh" or "local" ? null : "is neither ssh nor local", "Write ssh, or local for the deploying host itself.");
        var host = entry["host"].Checked(ProblemInSsh, "Write a name or an address.");
        var user = entry["user"].Checked(ProblemInSsh, "Write a user's name.");
        var port = entry["port"].Whole(1, 65535);
        var key = entry["key"].Checked(text => Path.IsPathRooted(text) ? null : "is not absolute", "Write the whole path of the private key.");
        var link = entry["interface"].Checked(HostName.ProblemOfInterface, "Name an interface of the node.");
        if (name is null || role is null || !AddressWithPrefix.TryParse(address ?? "", out var parsed))
            return null;
        var isLocal = connection is "local" || (connection is null && host is null && isOwn(parsed));
        return new(name, role, parsed)
        {
            Interface = link,
            Place = entry.Place.GetValueOrDefault(),
            Connection = isLocal ? null : new(host ?? $"{parsed.Address}", user ?? "root", (int)(port ?? 22), key),
        };
    }

    // ssh would take a word that begins with '-' for an option.
    private static string? ProblemInSsh(string text) =>
        text is "" or ['-', ..] || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '@' or '\'' or '"') ? "ssh does not take" : null;
}
