using System.Collections.Frozen;
using System.Collections.Immutable;
using Undercloud.Heat.Templates;

namespace Undercloud.Heat.Functions;

/// <summary>The functions of each template version, outside and inside of conditions; source: heat/engine/hot/template.py.</summary>
public static class FunctionTable
{
    private static readonly FunctionDefinition[] s_all =
    [
        GetParam.Definition, GetAttr.Definition, GetResource.Definition, GetFile.Definition, StrReplace.Definition,
        StrReplace.StrictDefinition, StrReplace.VeryStrictDefinition, StrSplit.Definition, ListJoin.Definition,
        ListConcat.Definition, ListConcat.UniqueDefinition, MapMerge.Definition, MapReplace.Definition, Repeat.Definition,
        If.Definition, EqualsFunction.Definition, Not.Definition, And.Definition, Or.Definition, Contains.Definition, Digest.Definition,
        Filter.Definition, MakeUrl.Definition, ResourceFacade.Definition, Yaql.Definition,
        // The functions that the first versions share with CloudFormation.
        Ref.Definition, FnGetAZs.Definition, FnSelect.Definition, ListJoin.CloudFormationDefinition, FnSplit.Definition,
        StrReplace.CloudFormationDefinition, FnBase64.Definition, FnMemberListToMap.Definition, ResourceFacade.CloudFormationDefinition,
    ];

    /// <summary>The functions of a version in values.</summary>
    public static FrozenDictionary<string, Func<FunctionCall, Expression>> For(HotVersion version) => s_tables[(int)version].Value;

    /// <summary>The functions of a version inside of conditions; a call of any other one is an error there.</summary>
    public static FrozenDictionary<string, Func<FunctionCall, Expression>> ForConditions(HotVersion version) =>
        s_conditionTables[(int)version].Value;

    private static FrozenDictionary<string, Func<FunctionCall, Expression>> Values(HotVersion version) => s_all
        .Where(function => function.Since <= version)
        .ToFrozenDictionary(function => function.Name, function => function.Until < version ? s_removed : function.Create, StringComparer.Ordinal);

    private static FrozenDictionary<string, Func<FunctionCall, Expression>> Conditions(HotVersion version) => s_all
        .Where(function => function.Since <= version || function.SinceInConditions <= version)
        .ToFrozenDictionary(function => function.Name, function => function.SinceInConditions <= version ? function.Create : s_forbidden, StringComparer.Ordinal);

    private static ImmutableArray<Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>> Each(
        Func<HotVersion, FrozenDictionary<string, Func<FunctionCall, Expression>>> make) =>
        [.. Enum.GetValues<HotVersion>().Select(version => new Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>(() => make(version)))];

    private static readonly ImmutableArray<Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>> s_tables = Each(Values);

    private static readonly ImmutableArray<Lazy<FrozenDictionary<string, Func<FunctionCall, Expression>>>> s_conditionTables = Each(Conditions);

    private static readonly Func<FunctionCall, Expression> s_removed = call => new InvalidCall(
        call, "HOT032", "this function was removed from HOT before this heat_template_version.", "Use its HOT counterpart.");

    private static readonly Func<FunctionCall, Expression> s_forbidden = call =>
        new InvalidCall(call, "HOT032", "this function is not allowed in a condition.", null);
}
