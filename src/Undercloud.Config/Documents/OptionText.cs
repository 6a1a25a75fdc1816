using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The option table's data about an option in words: for the sample file, the reference, the guide and the commands.</summary>
public static class OptionText
{
    /// <summary>A value in the form of a file; empty for none and for a secret.</summary>
    public static string Written(ConfigOption option, Value value) =>
        value is NullValue || option.IsSecret ? "" : Interpolation.Escape(option.Type.Write(value));

    /// <summary>A default for people: "unset", "empty" or the text in the form of a file.</summary>
    public static string Default(ConfigOption option, Value value) =>
        value is NullValue ? "unset" : Written(option, value) is { Length: > 0 } text ? text : "empty";

    /// <summary>The present default.</summary>
    public static string Default(ConfigOption option) => Default(option, option.Default);

    /// <summary>The default of one release that had another one, or null.</summary>
    public static FormerDefault? FormerDefault(ConfigOption option, ConfigRelease release) =>
        option.FormerDefaults.FirstOrDefault(former => former.Releases.HasFlag(release));

    /// <summary>The parameters that it sets, alone or together with others.</summary>
    public static ImmutableArray<string> Parameters(ConfigOption option) =>
        [.. option.Parameters.Select(parameter => parameter.Name).Concat(option.Computed).Distinct()];

    /// <summary>Names of former releases: "undercloud_public_vip", "network_cidr in [DEFAULT]".</summary>
    public static ImmutableArray<string> FormerNames(ConfigOption option) =>
        [.. option.DeprecatedNames, .. option.FlatNames.Select(name => $"{name} in [{OsloConfigFile.DefaultSection}]")];

    /// <summary>The type's name; for a choice, its words.</summary>
    public static string Type(ConfigOption option) => option.Type.Name;

    /// <summary>The valid values, unless the type's name tells them already.</summary>
    public static string? Allowed(ConfigOption option) =>
        option.Type == OptionTypes.Text || option.Type == OptionTypes.Path ? null : option.Type.Allowed;

    /// <summary>The effect of setting it, in one or two sentences.</summary>
    /// <param name="option">The option.</param>
    /// <param name="code">How to mark a name, e.g. with backticks.</param>
    public static string Effect(ConfigOption option, Func<string, string> code) => option.Effect switch
    {
        OptionEffect.None => $"None. {option.Reason} {option.Instead}",
        OptionEffect.Planned => Leads(option, code, "set", "add") is { Length: > 0 } leads
            ? $"Not in effect yet; it is to {leads}."
            : "Not in effect yet.",
        _ => Leads(option, code, "sets", "adds") is { Length: > 0 } leads ? $"It {leads}." : "The tool itself goes by it.",
    };

    private static string Leads(ConfigOption option, Func<string, string> code, string sets, string adds) => string.Join(" and ", new[]
    {
        Counted(Parameters(option), $"{sets} the parameter", $"{sets} the parameters", code),
        Counted(option.Environments, $"{adds} the environment file", $"{adds} the environment files", code),
        Off(option, adds, code),
    }.OfType<string>());

    private static string? Off(ConfigOption option, string adds, Func<string, string> code) =>
        Counted(option.EnvironmentsWhenOff, adds, adds, code) is { } files ? $"{files} when it is off" : null;

    private static string? Counted(ImmutableArray<string> names, string one, string several, Func<string, string> code) => names.Length switch
    {
        0 => null,
        1 => $"{one} {code(names[0])}",
        _ => $"{several} {string.Join(", ", names.Select(code))}",
    };
}
