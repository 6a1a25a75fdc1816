using System.Text;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>make_url: {scheme, username, password, host, port, path, query, fragment}</c>: a correctly quoted URL.</summary>
public sealed class MakeUrl(FunctionCall call) : Function(call)
{
    private static readonly string[] s_parts = ["scheme", "username", "password", "host", "port", "path", "query", "fragment"];

    // Python's urlunsplit writes "//" for these schemes even when there is no host.
    private static readonly HashSet<string> s_hierarchical =
    [
        "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews", "prospero", "rtsp",
        "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss",
    ];

    private readonly Expression _arguments = call.Argument;

    public static FunctionDefinition Definition { get; } = new("make_url", HotVersion.Pike, call => new MakeUrl(call));

    public override Value? Evaluate(IScope scope)
    {
        if (_arguments.Resolve(scope) is not { } arguments)
            return null;
        if (arguments is not MapValue parts)
            return Fail(scope, $"the arguments must be a map, not {arguments.TypeName}.");
        if (parts.Keys.FirstOrDefault(key => !s_parts.Contains(key)) is { } unknown)
            return Fail(scope, $"'{unknown}' is no part of a URL.", Suggestion.For(unknown, s_parts));
        if (Problem(parts) is { } problem)
            return Fail(scope, problem);
        if (parts["query"] is MapValue query && query.Entries.Any(entry => HasLoneSurrogate(entry.Key) || HasLoneSurrogate(PythonText.Str(entry.Value))))
            return Fail(scope, "the query has half a surrogate pair in it.");
        return Write(parts);
    }

    protected override bool Check(IScope scope)
    {
        var written = _arguments switch
        {
            // The result of a function is validated where it is resolved.
            MapExpression map => map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Written(entry.Value))),
            Literal { Value: MapValue literal } => literal.Entries.Select(entry => KeyValuePair.Create(entry.Key, (Value?)entry.Value)),
            _ => null,
        };
        if (written is null)
            return Refuse(scope, "the arguments must be a map as written, not something that gives one.");
        foreach (var (name, value) in written)
        {
            if (!s_parts.Contains(name))
                return Refuse(scope, $"'{name}' is no part of a URL.", Suggestion.For(name, s_parts));
            if (value is not null && Problem(name, value) is { } problem)
                return Refuse(scope, problem);
        }

        return true;
    }

    // A map or a list counts as one even when it contains functions; their results do not matter here.
    private static Value? Written(Expression part) => part switch
    {
        Literal literal => literal.Value,
        MapExpression => MapValue.Empty,
        ListExpression => ListValue.Empty,
        _ => null,
    };

    private static string? Problem(MapValue parts)
    {
        foreach (var (name, value) in parts.Entries)
        {
            if (Problem(name, value) is { } problem)
                return problem;
        }

        return Text(parts, "scheme").Contains(':') ? "the scheme must not contain ':'." : null;
    }

    private static string? Problem(string name, Value value) => (name, value) switch
    {
        ("scheme", StringValue) or ("query", MapValue) => null,
        ("query", _) => $"the query must be a map, not {value.TypeName}.",
        ("port", _) => Port(value),
        (_, StringValue text) => HasLoneSurrogate(text.Text) ? $"the {name} has half a surrogate pair in it." : null,
        _ => $"the {name} must be a string, not {value.TypeName}.",
    };

    // Half of a surrogate pair has no form in UTF-8, so it cannot be quoted.
    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) && text.Where((c, i) =>
        char.IsSurrogate(c) && !(i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1])) && !(i > 0 && char.IsSurrogatePair(text[i - 1], c))).Any();

    private static string? Port(Value value)
    {
        var port = Numbers.Integer(value);
        return port is null ? $"the port must be a number, not {value}."
            : port > 0 && port <= 65535 ? null
            : $"the port must be between 1 and 65535, not {value}.";
    }

    private static string Write(MapValue parts)
    {
        var authority = Authority(parts);
        var scheme = Text(parts, "scheme");
        var url = Quote(Text(parts, "path"), "/");
        if (authority.Length > 0 || (s_hierarchical.Contains(scheme) && !url.StartsWith("//", StringComparison.Ordinal)))
            url = "//" + authority + (url.Length > 0 && url[0] != '/' ? "/" : "") + url;
        if (scheme.Length > 0)
            url = $"{scheme}:{url}";
        if (parts["query"] is MapValue { Count: > 0 } query)
            url += "?" + string.Join('&', query.Entries.Select(entry => $"{Plus(entry.Key)}={Plus(PythonText.Str(entry.Value))}"));
        var fragment = Quote(Text(parts, "fragment"), "/");
        return fragment.Length > 0 ? $"{url}#{fragment}" : url;
    }

    private static string Authority(MapValue parts)
    {
        var username = Quote(Text(parts, "username"), "");
        var password = Quote(Text(parts, "password"), "");
        var user = username.Length + password.Length == 0 ? "" : password.Length > 0 ? $"{username}:{password}@" : $"{username}@";
        var host = Text(parts, "host");
        if (host.StartsWith('[') && host.EndsWith(']') && host.Length > 1)
            host = host[1..^1];
        host = Quote(host, ":");
        if (host.Contains(':'))
            host = $"[{host}]";
        return user + host + (parts["port"] is { } port ? ":" + PythonText.Str(port) : "");
    }

    private static string Text(MapValue parts, string name) => parts[name] is StringValue text ? text.Text : "";

    // Heat does not quote the slash in a query.
    private static string Plus(string text) => Quote(text, "/ ").Replace(' ', '+');

    private static string Quote(string text, string safe)
    {
        var quoted = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)octet;
            if (char.IsAsciiLetterOrDigit(c) || "_.-~".Contains(c) || safe.Contains(c))
                quoted.Append(c);
            else
                quoted.Append($"%{octet:X2}");
        }

        return quoted.ToString();
    }
}
