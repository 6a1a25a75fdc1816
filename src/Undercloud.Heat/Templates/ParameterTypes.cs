using System.Collections.Frozen;

namespace Undercloud.Heat.Templates;

/// <summary>The names of parameter types.</summary>
internal static class ParameterTypes
{
    public static FrozenDictionary<string, ParameterType> ByName { get; } = new Dictionary<string, ParameterType>
    {
        ["string"] = ParameterType.String,
        ["number"] = ParameterType.Number,
        ["json"] = ParameterType.Json,
        ["comma_delimited_list"] = ParameterType.CommaDelimitedList,
        ["boolean"] = ParameterType.Boolean,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Name(ParameterType type) => ByName.First(pair => pair.Value == type).Key;
}
