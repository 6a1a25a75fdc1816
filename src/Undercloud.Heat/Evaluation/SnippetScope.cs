using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Evaluation;

/// <summary>The scope of a snippet's functions: parameters, conditions, files; no resources.</summary>
internal sealed class SnippetScope(DiagnosticBag findings, MapValue files) : IScope
{
    // The limit of values, and eighths of characters, that functions may produce for one snippet.
    private const long Allowance = 10_000_000;
    private const int SuggestionLimit = 20;
    private readonly Dictionary<string, Value> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool?> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);
    private long _spent;
    private int _suggested;

    /// <summary>Sets a parameter's value.</summary>
    public void Set(string parameter, Value value) => _parameters[parameter] = value;

    /// <summary>Declares the conditions and evaluates them all.</summary>
    public void Declare(ImmutableArray<KeyValuePair<string, Expression>> conditions)
    {
        foreach (var (name, definition) in conditions)
            _conditions[name] = definition;
        foreach (var (name, definition) in conditions)
        {
            if (definition.Validate(this))
                Holds(name);
        }
    }

    public Value? Parameter(string name, Function asker) => _parameters.TryGetValue(name, out var value)
        ? value
        : asker.Fail(this, $"the parameter '{name}' is not declared.", Suggest(name, _parameters.Keys), "HOT012");

    public bool? Condition(string name, Function asker)
    {
        if (_conditions.ContainsKey(name))
            return Holds(name);
        asker.Fail(this, $"there is no condition '{name}'.", Suggest(name, _conditions.Keys), "HOT040");
        return null;
    }

    public Value? Attribute(string resource, string? attribute, ImmutableArray<Value> path, Function asker) => Reference(resource, asker);

    public Value? Reference(string resource, Function asker) => asker.Fail(this, $"there is no resource '{resource}'.", code: "HOT021");

    public bool HasResource(string name) => false;

    public Value? File(string path, Function asker) => files[path] is { } content and not NullValue
        ? content
        : asker.Fail(this, $"there is no file '{path}'.", Suggest(path, files.Keys), "HOT001");

    public Value? Facade(string aspect, Function asker) => asker.Fail(this, "this template stands for no resource: it is the root.");

    public void Report(Diagnostic diagnostic) => findings.Add(diagnostic);

    public bool Spend(long amount, Function asker)
    {
        _spent += amount;
        if (_spent <= Allowance)
            return true;
        asker.Fail(this, "the snippet produces too much data to go on.", code: "HOT024");
        return false;
    }

    // Suggestions are computed only while the message still has room for them.
    private string? Suggest(string name, IEnumerable<string> candidates) => ++_suggested > SuggestionLimit ? null : Suggestion.For(name, candidates);

    private bool? Holds(string name)
    {
        if (_known.TryGetValue(name, out var known))
            return known;
        if (!_pending.Add(name))
        {
            findings.Error(null, "HOT040", $"The condition '{name}' is defined by itself.");
            return _known[name] = null;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            findings.Error(null, "HOT024", $"The condition '{name}' needs too long a chain of other conditions.");
            return _known[name] = null;
        }

        var value = _conditions[name].Resolve(this);
        _pending.Remove(name);
        if (value is not (null or BooleanValue))
            findings.Error(null, "HOT040", $"The condition '{name}' must be a boolean or a function that gives one, not {value.TypeName}.");
        return _known[name] = (value as BooleanValue)?.Flag;
    }
}
