using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>What the option table says about an option, in words: for the sample file, the reference, the guide and the commands.</summary>
public static class OptionText
{
    /// <summary>A value as it stands in a file; nothing for none and for a secret.</summary>
    public static string Written(ConfigOption option, Value value) =>
        value is NullValue || option.IsSecret ? "" : Interpolation.Escape(option.Type.Write(value));

    /// <summary>A default for people: "unset", "empty" or the text as it stands in a file.</summary>
    public static string Default(ConfigOption option, Value value) =>
        value is NullValue ? "unset" : Written(option, value) is { Length: > 0 } text ? text : "empty";

    /// <summary>The default now.</summary>
    public static string Default(ConfigOption option) => Default(option, option.Default);

    /// <summary>The default in one release where it was another one, or null.</summary>
    public static FormerDefault? FormerDefault(ConfigOption option, ConfigRelease release) =>
        option.FormerDefaults.FirstOrDefault(former => former.Releases.HasFlag(release));

    /// <summary>The parameters it leads to, alone or together with others.</summary>
    public static ImmutableArray<string> Parameters(ConfigOption option) =>
        [.. option.Parameters.Select(parameter => parameter.Name).Concat(option.Computed).Distinct()];

    /// <summary>Names of former releases: "undercloud_public_vip", "network_cidr in [DEFAULT]".</summary>
    public static ImmutableArray<string> FormerNames(ConfigOption option) =>
        [.. option.DeprecatedNames, .. option.FlatNames.Select(name => $"{name} in [{OsloConfigFile.DefaultSection}]")];

    /// <summary>The type's name; for a choice, the words there are.</summary>
    public static string Type(ConfigOption option) => option.Type.Name;

    /// <summary>What is allowed, unless the type's name says so already.</summary>
    public static string? Allowed(ConfigOption option) =>
        option.Type == OptionTypes.Text || option.Type == OptionTypes.Path ? null : option.Type.Allowed;

    /// <summary>What setting it comes to, in one or two sentences.</summary>
    /// <param name="option">The option.</param>
    /// <param name="code">How to set off a name, e.g. in backticks.</param>
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
        Counted(option.EnvironmentsWhenOff, $"{adds} the environment file", $"{adds} the environment files", code) is { } off ? $"{off} when it is false" : null,
    }.OfType<string>());

    private static string? Counted(ImmutableArray<string> names, string one, string several, Func<string, string> code) => names.Length switch
    {
        0 => null,
        1 => $"{one} {code(names[0])}",
        _ => $"{several} {string.Join(", ", names.Select(code))}",
    };
}
