using System.Collections.Frozen;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>The functions that yaql.create_context() registers, by name. Few are both functions and methods, so the two are kept apart.</summary>
internal static class StandardLibrary
{
    private static readonly FunctionSpec[] s_all =
    [
        .. SystemFunctions.All, .. Comparisons.All, .. Branching.All, .. StringFunctions.All, .. Formatting.All, .. MathFunctions.All,
        .. ListFunctions.All, .. MapFunctions.All, .. SetFunctions.All, .. Queries.All, .. Aggregates.All, .. Slices.All, .. Generators.All,
        .. RegexFunctions.All, .. TimeFunctions.All, .. TimeArithmetic.All,
    ];

    // A context of its own below the others: it is used when no other overload fits.
    private static readonly FunctionSpec[] s_fallbacks = [.. SystemFunctions.Fallbacks];

    private static readonly FrozenDictionary<string, IReadOnlyList<FunctionSpec>[]> s_functions = Table(spec => spec.IsFunction);
    private static readonly FrozenDictionary<string, IReadOnlyList<FunctionSpec>[]> s_methods = Table(spec => spec.IsMethod);

    /// <summary>The overloads of a function, one list per context.</summary>
    public static IReadOnlyList<FunctionSpec>[] Functions(string name) => s_functions.GetValueOrDefault(name) ?? [];

    /// <summary>The overloads of a method.</summary>
    public static IReadOnlyList<FunctionSpec>[] Methods(string name) => s_methods.GetValueOrDefault(name) ?? [];

    private static FrozenDictionary<string, IReadOnlyList<FunctionSpec>[]> Table(Func<FunctionSpec, bool> wanted)
    {
        var table = new Dictionary<string, IReadOnlyList<FunctionSpec>[]>(StringComparer.Ordinal);
        foreach (var level in new[] { s_all, s_fallbacks })
        {
            foreach (var group in level.Where(wanted).GroupBy(spec => spec.Name, StringComparer.Ordinal))
                table[group.Key] = [.. table.GetValueOrDefault(group.Key) ?? [], [.. group]];
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
