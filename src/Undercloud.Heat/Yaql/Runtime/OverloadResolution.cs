using System.Collections.Immutable;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Syntax;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>Selects the overload of a call, as yaql/language/runner.py does: by count and names first, then by the evaluated arguments.</summary>
internal sealed class OverloadResolution(Evaluator evaluator, string name, Value? receiver, Context context)
{
    /// <summary>A candidate, and the parameter of each argument.</summary>
    private sealed record Candidate(FunctionSpec Function, Parameter[] Positional, List<KeyValuePair<string, Parameter>> Named);

    public Invocation Choose(List<IReadOnlyList<FunctionSpec>> levels, Argument[] arguments, List<KeyValuePair<string, Argument>> named)
    {
        var noKeywords = levels[0][0].NoKeywords;
        (arguments, named) = Translate(noKeywords, arguments, named);
        var candidates = Candidates(levels, noKeywords, arguments, named, out var lazy, out var lazyNames);
        if (candidates.Count == 0)
            throw NotFound();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Node is { } node and not ConstantNode && (lazy & (1UL << int.Min(i, 63))) == 0)
                arguments[i] = new(null, node.Evaluate(evaluator, null, context));
        }

        for (var i = 0; i < named.Count; i++)
        {
            if (named[i].Value.Node is { } node and not ConstantNode && !lazyNames.Contains(named[i].Key))
                named[i] = new(named[i].Key, new(null, node.Evaluate(evaluator, null, context)));
        }

        foreach (var level in candidates)
        {
            if (Best(level, arguments, named) is { } found)
                return found;
        }

        throw NotFound();
    }

    private List<List<Candidate>> Candidates(
        List<IReadOnlyList<FunctionSpec>> levels, bool noKeywords, Argument[] arguments, List<KeyValuePair<string, Argument>> named, out ulong lazy, out HashSet<string> lazyNames)
    {
        var result = new List<List<Candidate>>(levels.Count);
        (lazy, lazyNames) = (0, []);
        var first = true;
        foreach (var level in levels)
        {
            var fitting = new List<Candidate>(2);
            foreach (var function in level)
            {
                if (function.NoKeywords != noKeywords)
                    throw Ambiguous();
                if (Map(function, arguments, named) is not { } candidate)
                    continue;
                var (positional, names) = Lazy(candidate);
                if (first)
                    (lazy, lazyNames, first) = (positional, names, false);
                else if (lazy != positional || !lazyNames.SetEquals(names))
                    throw Ambiguous();
                fitting.Add(candidate);
            }

            if (fitting.Count > 0)
                result.Add(fitting);
        }

        return result;
    }

    // Arguments beyond the 63rd belong to the same parameter, "*args".
    private static (ulong Positional, HashSet<string> Names) Lazy(Candidate candidate)
    {
        var lazy = 0UL;
        for (var i = 0; i < candidate.Positional.Length; i++)
        {
            if (candidate.Positional[i].Type.IsLazy)
                lazy |= 1UL << int.Min(i, 63);
        }

        return (lazy, candidate.Named.Count == 0 ? s_none : [.. candidate.Named.Where(pair => pair.Value.Type.IsLazy).Select(pair => pair.Key)]);
    }

    private static readonly HashSet<string> s_none = [];

    private static (Argument[] Arguments, List<KeyValuePair<string, Argument>> Named) Translate(bool noKeywords, Argument[] arguments, List<KeyValuePair<string, Argument>> named)
    {
        if (noKeywords)
            return named.Count == 0 ? (arguments, named) : throw new YaqlException($"Invalid argument {named[0].Key}");
        if (!Array.Exists(arguments, argument => argument.Node is RuleNode))
            return (arguments, [.. named]);
        var positional = new List<Argument>(arguments.Length);
        var all = new List<KeyValuePair<string, Argument>>();
        foreach (var argument in arguments)
        {
            if (argument.Node is not RuleNode rule)
            {
                positional.Add(argument);
                continue;
            }

            var key = rule.Source is KeywordNode keyword ? keyword.Name : throw new YaqlException("Cannot convert mapping to keyword argument");
            all.RemoveAll(pair => pair.Key == key);
            all.Add(new(key, new(rule.Destination, null)));
        }

        foreach (var pair in named)
            all.Add(all.Exists(other => other.Key == pair.Key) ? throw new YaqlException("Cannot convert mapping to keyword argument") : pair);
        return ([.. positional], all);
    }

    // FunctionDefinition.map_args of yaql/language/specs.py.
    private static Candidate? Map(FunctionSpec function, Argument[] arguments, List<KeyValuePair<string, Argument>> named)
    {
        var positional = new Parameter[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if ((i < function.Parameters.Length ? function.Parameters[i] : function.Rest) is not { } parameter)
                return null;
            var given = arguments[i];
            if (!given.IsGiven && i < function.Parameters.Length)
            {
                if (named.Exists(pair => pair.Key == parameter.Name))
                    return null;
                if (parameter.Default is null)
                    return null;
                given = new(null, parameter.Default);
            }

            positional[i] = parameter;
            if (!parameter.Type.Check(given))
                return null;
        }

        for (var i = arguments.Length; i < function.Parameters.Length; i++)
        {
            if (function.Parameters[i].Default is null && !named.Exists(pair => pair.Key == function.Parameters[i].Name))
                return null;
        }

        return MapNames(function, arguments, named) is { } names ? new(function, positional, names) : null;
    }

    private static List<KeyValuePair<string, Parameter>>? MapNames(FunctionSpec function, Argument[] arguments, List<KeyValuePair<string, Argument>> named)
    {
        var names = new List<KeyValuePair<string, Parameter>>(named.Count);
        foreach (var (key, value) in named)
        {
            var place = function.IndexOf(key);
            var parameter = place < 0 ? function.Named : place < arguments.Length ? null : function.Parameters[place];
            if (parameter is null || (place < 0 && !parameter.Type.Check(value)))
                return null;
            names.Add(new(key, parameter));
        }

        return names;
    }

    private Invocation? Best(List<Candidate> level, Argument[] arguments, List<KeyValuePair<string, Argument>> named)
    {
        Invocation? best = null;
        Candidate? winner = null;
        foreach (var candidate in level)
        {
            if (Invocation.Bind(evaluator, candidate.Function, context, arguments, named) is not { } bound)
                continue;
            if (winner is not null && IsSpecialization(winner, candidate))
                continue;
            if (winner is not null && !IsSpecialization(candidate, winner))
                throw Ambiguous();
            (best, winner) = (bound, candidate);
        }

        return best;
    }

    private static bool IsSpecialization(Candidate one, Candidate other)
    {
        var special = false;
        for (var i = 0; i < one.Positional.Length; i++)
        {
            var (mine, theirs) = (one.Positional[i].Type, other.Positional[i].Type);
            if (theirs.IsSpecializationOf(mine))
                return false;
            special |= mine.IsSpecializationOf(theirs);
        }

        foreach (var (key, parameter) in one.Named)
        {
            var theirs = other.Named.Find(pair => pair.Key == key).Value.Type;
            if (theirs.IsSpecializationOf(parameter.Type))
                return false;
            special |= parameter.Type.IsSpecializationOf(theirs);
        }

        return special;
    }

    private YaqlException NotFound() => new(
        receiver is null ? $"No function \"{name}\" matches supplied arguments" : $"No method \"{name}\" for receiver {Messages.Show(receiver)} matches supplied arguments",
        ErrorKind.NoMatch);

    private YaqlException Ambiguous() =>
        new(receiver is null ? $"Ambiguous function \"{name}\"" : $"Ambiguous method \"{name}\" for receiver {Messages.Show(receiver)}");
}
