using System.Collections.Frozen;
using System.Collections.Immutable;
using Undercloud.Heat.Templates;

namespace Undercloud.Heat.Functions;

/// <summary>Which functions a template version knows, outside and inside of conditions; source: Heat 19.</summary>
public static class FunctionTable
{
    private static readonly FunctionDefinition[] s_all =
    [
        GetParam.Definition, GetAttr.Definition, GetResource.Definition, GetFile.Definition, StrReplace.Definition,
        StrReplace.StrictDefinition, StrReplace.VeryStrictDefinition, StrSplit.Definition, ListJoin.Definition,
        ListConcat.Definition, ListConcat.UniqueDefinition, MapMerge.Definition, MapReplace.Definition, Repeat.Definition,
        If.Definition, EqualsFunction.Definition, Not.Definition, And.Definition, Or.Definition, Contains.Definition, Digest.Definition,
        Filter.Definition, MakeUrl.Definition, ResourceFacade.Definition, Yaql.Definition,
    ];

    private static readonly string[] s_cloudFormation =
    [
        "Fn::GetAZs", "Fn::Join", "Fn::Split", "Fn::Replace", "Fn::Base64", "Fn::MemberListToMap", "Fn::ResourceFacade", "Ref",
    ];

    /// <summary>The functions of a version where values stand.</summary>
    public static FrozenDictionary<string, Func<FunctionCall, Expression>> For(HotVersion version) => s_tables[(int)version].Value;

    /// <summary>The functions of a version inside of conditions; calling any other one there is an error.</summary>
    public static FrozenDictionary<string, Func<FunctionCall, Expression>> ForConditions(HotVersion version) =>
        s_conditionTables[(int)version].Value;

    private static FrozenDictionary<string, Func<FunctionCall, Expression>> Values(HotVersion version) => Table(version)
        .Concat(s_all.Where(f => f.Since <= version).Select(f => KeyValuePair.Create(f.Name, f.Create)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static FrozenDictionary<string, Func<FunctionCall, Expression>> Conditions(HotVersion version)
    {
        var table = Table(version).ToDictionary(StringComparer.Ordinal);
        foreach (var function in s_all)
        {
            if (function.SinceInConditions <= version)
                table[function.Name] = function.Create;
            else if (function.Since <= version)
                table[function.Name] = call => new InvalidCall(call, "HOT032", "this function is not allowed in a condition.", null);
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static ImmutableArray<Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>> Each(
        Func<HotVersion, FrozenDictionary<string, Func<FunctionCall, Expression>>> make) =>
        [.. Enum.GetValues<HotVersion>().Select(version => new Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>(() => make(version)))];

    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Expression>>> Table(HotVersion version)
    {
        foreach (var name in s_cloudFormation)
            yield return KeyValuePair.Create(name, version == HotVersion.V20130523 ? s_unsupported : s_removed);
        yield return KeyValuePair.Create("Fn::Select", version <= HotVersion.V20150430 ? s_unsupported : s_removed);
    }

    private static readonly ImmutableArray<Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>> s_tables = Each(Values);

    private static readonly ImmutableArray<Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>> s_conditionTables = Each(Conditions);

    private static readonly Func<FunctionCall, Expression> s_removed = call => new InvalidCall(
        call, "HOT032", "this function was removed from HOT before this heat_template_version.", "Use its HOT counterpart.");

    private static readonly Func<FunctionCall, Expression> s_unsupported = call => new InvalidCall(
        call, "HOT033", "CloudFormation functions are not supported.", "Use the HOT counterpart and a newer heat_template_version.");
}

/// <summary>A function: its name, the versions that know it, and how its call is parsed.</summary>
/// <param name="Name">The name in templates.</param>
/// <param name="Since">The first version that knows it where values stand; null when none does.</param>
/// <param name="Create">Parses a call.</param>
public sealed record FunctionDefinition(string Name, HotVersion? Since, Func<FunctionCall, Expression> Create)
{
    /// <summary>The first version that knows it inside of conditions; null when none does.</summary>
    public HotVersion? SinceInConditions { get; init; }
}
