using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Analysis;

/// <summary>Checks calls of intrinsic functions as written. All of its findings are warnings: Heat checks only the calls that it evaluates.</summary>
internal sealed class CallChecks(HotVersion version)
{
    // Shorter names are similar to too many words.
    private const int ShortestName = 6;
    private readonly List<Diagnostic> _findings = [];
    private readonly ExpressionParser _parser = new(version);

    public ImmutableArray<Diagnostic> Findings => [.. _findings];

    public bool IsFunction(string name, bool condition) =>
        (condition ? FunctionTable.ForConditions(version) : FunctionTable.For(version)).ContainsKey(name);

    /// <summary>Reports every call in an expression whose arguments have the wrong shape.</summary>
    public void CheckShapes(YamlNode node, bool condition)
    {
        foreach (var call in (condition ? _parser.Conditions : _parser).ParseJudging(node).Invalid)
            call.Evaluate(new ReportingScope(finding => _findings.Add(finding with { Severity = Severity.Warning })));
    }

    /// <summary>Reports a map with one key that is data here, but looks like the call of a function.</summary>
    public void CheckName(YamlEntry entry, bool condition)
    {
        if (Later(entry, condition) is { } since)
        {
            Warn(
                entry.KeySpan, "HOT052", $"'{entry.Key}' is data here: this function came with heat_template_version {Name(since)}.",
                $"Raise heat_template_version to {Name(since)} or later.");
        }
        else if (entry.Key.Length >= ShortestName && !FunctionTable.For(HotVersion.Wallaby).ContainsKey(entry.Key) && Near(entry, condition) is { } near)
        {
            Warn(entry.KeySpan, "HOT052", $"'{entry.Key}' is no function; the map it is in is data.", $"Did you mean '{near}'?");
        }
    }

    /// <summary>Reports replacements of text that does not occur in a literal template.</summary>
    public void CheckReplacements(YamlEntry call)
    {
        if (call.Value is not YamlMapping map || map["template"] is not YamlScalar { Value: StringValue { Text: var template } }
            || map["params"] is not YamlMapping parameters || _parser.IsFunction(parameters))
        {
            return;
        }

        foreach (var entry in parameters.Entries.Where(entry => entry.Key.Length > 0 && !template.Contains(entry.Key, StringComparison.Ordinal)))
            Warn(entry.KeySpan, "HOT053", $"{call.Key}: the param '{entry.Key}' does not occur in the template.", "Remove it, or correct its name in the template.");
    }

    private void Warn(SourceSpan span, string code, string message, string remedy) => _findings.Add(new(Severity.Warning, code, message, span, remedy));

    private static string Name(HotVersion version) => HotVersions.ByName.Where(pair => pair.Value == version).Select(pair => pair.Key).Order(StringComparer.Ordinal).Last();

    private HotVersion? Later(YamlEntry entry, bool condition)
    {
        if (!(condition ? FunctionTable.ForConditions(HotVersion.Wallaby) : FunctionTable.For(HotVersion.Wallaby)).ContainsKey(entry.Key))
            return null;
        for (var later = version + 1; later <= HotVersion.Wallaby; later++)
        {
            var table = condition ? FunctionTable.ForConditions(later) : FunctionTable.For(later);
            // Words such as "filter" or "repeat" are names of data too: only a valid call counts.
            if (table.TryGetValue(entry.Key, out var create))
                return create(new FunctionCall(entry.Key, entry.Value, entry.KeySpan, new ExpressionParser(later))) is InvalidCall ? null : later;
        }

        return null;
    }

    private string? Near(YamlEntry entry, bool condition)
    {
        var table = condition ? FunctionTable.ForConditions(version) : FunctionTable.For(version);
        var near = NearestName.Of(entry.Key, table.Keys.Where(name => name.Contains('_')), most: 2);
        return near is not null && table[near](new FunctionCall(near, entry.Value, entry.KeySpan, condition ? _parser.Conditions : _parser)) is not InvalidCall
            ? near
            : null;
    }

    // Collects the findings of a malformed call.
    private sealed class ReportingScope(Action<Diagnostic> report) : IScope
    {
        public Value? Parameter(string name, Function asker) => null;

        public bool? Condition(string name, Function asker) => null;

        public Value? Attribute(string resource, string? attribute, ImmutableArray<Value> path, Function asker) => null;

        public Value? Reference(string resource, Function asker) => null;

        public bool HasResource(string name) => true;

        public Value? File(string path, Function asker) => null;

        public Value? Facade(string aspect, Function asker) => null;

        public bool Spend(long amount, Function asker) => true;

        public void Report(Diagnostic diagnostic) => report(diagnostic);
    }
}
