using System.Collections.Immutable;
using Undercloud.Config;
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
        var places = new Dictionary<(string What, string Text), SourceSpan>();
        foreach (var item in list.Items)
        {
            if (item is not YamlMapping entry)
            {
                diagnostics.Error(item.Span, Syntax, "A node is a map.", "Give it a name, a role and an address.");
                continue;
            }

            if (Node(entry, roles, isOwn, diagnostics) is not { } node)
                continue;
            Once("name", node.Name, entry, "name");
            Once("address", $"{node.Address.Address}", entry, "address");
            Once("connection", node.Connection is { } ssh ? $"{ssh.Host}:{ssh.Port}" : "the deploying host itself", entry, "host");
            nodes.Add(node);
        }

        return nodes.DrainToImmutable();

        void Once(string what, string value, YamlMapping entry, string key)
        {
            var place = entry[key]?.Span ?? entry.Span;
            if (!places.TryAdd((what, value), place))
                diagnostics.Error(place, Duplicate, $"Two nodes have the {what} {value}; the other one is at {places[(what, value)]}.", "Each node has a name, an address and a host of its own.");
        }
    }

    private static CloudNode? Node(YamlMapping entry, IReadOnlyCollection<string> roles, Func<AddressWithPrefix, bool> isOwn, DiagnosticBag diagnostics)
    {
        var good = true;
        foreach (var unknown in entry.Entries.Where(pair => !s_keys.Contains(pair.Key)))
            Fail(unknown.KeySpan, $"A node has no key {unknown.Key}.", NearestName.Of(unknown.Key, s_keys) is { } nearest ? $"Did you mean {nearest}?" : $"The keys are {string.Join(", ", s_keys)}.");

        var name = Text("name");
        var role = Text("role");
        var address = Text("address");
        if (name is not null && HostName.ProblemOf(name) is { } problem)
            Fail(entry["name"]!.Span, $"The name '{name}' {problem}.", "Use letters, digits and hyphens, as in a host name.");
        AddressWithPrefix? parsed = null;
        if (address is not null && !AddressWithPrefix.TryParse(address, out parsed))
            Fail(entry["address"]!.Span, $"'{address}' is no address with a prefix length.", "Write the node's address on the control plane, e.g. 192.168.24.1/24.");
        var link = Text("interface", required: false);
        if (link is not null && HostName.ProblemOfInterface(link) is { } bad)
            Fail(entry["interface"]!.Span, $"The interface '{link}' {bad}.", "Name an interface of the node.");
        var connection = Text("connection", required: false);
        if (connection is not (null or "ssh" or "local"))
            Fail(entry["connection"]!.Span, $"There is no connection '{connection}'.", "Write ssh, or local for the deploying host itself.");
        var host = Text("host", required: false);
        var port = 22;
        if (entry["port"] is YamlScalar { Value: IntegerValue { Number: var number } } && number > 0 && number < 65536)
            port = (int)number;
        else if (entry["port"] is { } wrongPort)
            Fail(wrongPort.Span, "The port is no number from 1 to 65535.", "Write the port of the node's SSH server, or leave it out for 22.");
        var user = Text("user", required: false) ?? "root";
        var key = Text("key", required: false);
        if (key is not null && !Path.IsPathRooted(key))
            Fail(entry["key"]!.Span, $"The path of the key, '{key}', is not absolute.", "Write the whole path of the private key.");
        foreach (var (word, text) in new[] { ("host", host), ("user", user) })
        {
            // ssh would take it for an option.
            if (text is not null && (text.StartsWith('-') || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '@' or '\'' or '"')))
                Fail((entry[word] ?? entry).Span, $"'{text}' cannot be the {word} of an SSH connection.", "Write a name or an address.");
        }

        if (role is not null && !roles.Contains(role))
            Fail(entry["role"]!.Span, $"The roles file has no role {role}.", NearestName.Of(role, roles) is { } near ? $"Did you mean {near}?" : $"It has {string.Join(", ", roles)}.");
        if (!good || name is null || role is null || parsed is null)
            return null;
        var isLocal = connection is "local" || (connection is null && host is null && isOwn(parsed));
        return new(name, role, parsed)
        {
            Interface = link,
            Place = entry.Span,
            Connection = isLocal ? null : new(host ?? $"{parsed.Address}", user, port, key),
        };

        string? Text(string word, bool required = true)
        {
            if (entry[word] is YamlScalar { Value: var value } && value is not NullValue && PythonText.Str(value) is { Length: > 0 } text)
                return text;
            if (entry[word] is { } wrong)
                Fail(wrong.Span, $"The node's {word} is no text.", $"Write one word for {word}.");
            else if (required)
                Fail(entry.Span, $"The node has no {word}.", "Each node has a name, a role and an address.");
            return null;
        }

        void Fail(SourceSpan place, string message, string remedy)
        {
            good = false;
            diagnostics.Error(place, Invalid, message, remedy);
        }
    }
}
