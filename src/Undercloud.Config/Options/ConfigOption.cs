using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// One option of undercloud.conf with all of its data. The reader, the checks, the parameters, the sample file and
/// the reference all use this table.
/// </summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">The value when it is not set; null (YAML's) when unset has a meaning of its own.</param>
/// <param name="Help">Its purpose, one sentence or two.</param>
public sealed record ConfigOption(string Name, OptionType Type, Value Default, string Help)
{
    /// <summary>Its section.</summary>
    public string Group { get; init; } = OsloConfigFile.DefaultSection;

    /// <summary>The releases that had it.</summary>
    public ConfigRelease Releases { get; init; } = ConfigRelease.All;

    /// <summary>The effect of setting it.</summary>
    public OptionEffect Effect { get; init; }

    /// <summary>Why it can have no effect; set exactly when <see cref="Effect"/> is none.</summary>
    public string? Reason { get; init; }

    /// <summary>The alternative where it can have no effect.</summary>
    public string? Instead { get; init; }

    /// <summary>The former defaults of other releases.</summary>
    public ImmutableArray<FormerDefault> FormerDefaults { get; init; } = [];

    /// <summary>Former names in its own section that are still read.</summary>
    public ImmutableArray<string> DeprecatedNames { get; init; } = [];

    /// <summary>For an option of a subnet: its names in pike's flat layout in [DEFAULT].</summary>
    public ImmutableArray<string> FlatNames { get; init; } = [];

    /// <summary>The replacement of a deprecated option.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Further notes for users of a former release.</summary>
    public string? Note { get; init; }

    /// <summary>The parameters that depend on its value alone.</summary>
    public ImmutableArray<HeatParameter> Parameters { get; init; } = [];

    /// <summary>Parameters that depend on it together with other options or files.</summary>
    public ImmutableArray<string> Computed { get; init; } = [];

    /// <summary>The environment files of tripleo-heat-templates that it adds when it is true or set.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>The environment files that it adds when it is false or not set.</summary>
    public ImmutableArray<string> EnvironmentsWhenOff { get; init; } = [];

    /// <summary>Whether an empty value means the same as none; python-tripleoclient tests such options for truth.</summary>
    public bool EmptyIsUnset { get; init; }

    /// <summary>Whether relative paths in its value start at the user's home directory.</summary>
    public bool RelativeToHome { get; init; }

    /// <summary>Whether its value must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>For an option without effect, the value that holds anyway; null when there is none.</summary>
    public Value? SoAnyway { get; init; }

    /// <summary>The severity of a wrong value: without an effect it is no error.</summary>
    public Severity Wrong => Effect == OptionEffect.Applied ? Severity.Error : Severity.Warning;

    /// <summary>Whether a text asks only for what holds anyway: an unsupported option that is off, or an empty one that is unset.</summary>
    public bool IsSoAnyway(string text)
    {
        if (Effect == OptionEffect.Applied)
            return false;
        if (EmptyIsUnset && PythonText.Strip(text).Length == 0)
            return true;
        return Type.Read(text).Value is { } value && (SoAnyway is { } so ? value.Equals(so)
            : Effect == OptionEffect.Planned && value is BooleanValue { Flag: false } or ListValue { Items.IsEmpty: true });
    }

    /// <summary>The option with the former default of these releases.</summary>
    public ConfigOption As(ConfigRelease releases) =>
        FormerDefaults.FirstOrDefault(former => (former.Releases & releases) != 0) is { } former ? this with { Default = former.Default } : this;
}
