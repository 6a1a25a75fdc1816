using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// One option of undercloud.conf: everything there is to know about it. The reader, the checks, the parameters, the sample file and
/// the reference all read this.
/// </summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Default">The value when it is not set; null (YAML's) when unset means something of its own.</param>
/// <param name="Help">What it is for, one sentence or two.</param>
public sealed record ConfigOption(string Name, OptionType Type, Value Default, string Help)
{
    /// <summary>The section it stands in.</summary>
    public string Group { get; init; } = OsloConfigFile.DefaultSection;

    /// <summary>The releases that had it.</summary>
    public ConfigRelease Releases { get; init; } = ConfigRelease.All;

    /// <summary>What setting it comes to.</summary>
    public OptionEffect Effect { get; init; }

    /// <summary>Why it can have no effect; set exactly when <see cref="Effect"/> is none.</summary>
    public string? Reason { get; init; }

    /// <summary>How to get the same where it can have no effect.</summary>
    public string? Instead { get; init; }

    /// <summary>Defaults of releases that had other ones.</summary>
    public ImmutableArray<FormerDefault> FormerDefaults { get; init; } = [];

    /// <summary>Names in its own section of older releases that are still read.</summary>
    public ImmutableArray<string> DeprecatedNames { get; init; } = [];

    /// <summary>For an option of a subnet: names in [DEFAULT] that pike's flat layout had for it.</summary>
    public ImmutableArray<string> FlatNames { get; init; } = [];

    /// <summary>What to write in place of an option that is on its way out.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>What else someone who comes from a former release has to know.</summary>
    public string? Note { get; init; }

    /// <summary>The parameters that its value alone leads to.</summary>
    public ImmutableArray<HeatParameter> Parameters { get; init; } = [];

    /// <summary>Parameters that are computed from it together with other options or files.</summary>
    public ImmutableArray<string> Computed { get; init; } = [];

    /// <summary>The environment files of tripleo-heat-templates that it adds when it is true or set.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>The ones that it adds when it is false or not set.</summary>
    public ImmutableArray<string> EnvironmentsWhenOff { get; init; } = [];

    /// <summary>Whether an empty value means the same as none; python-tripleoclient tests such options for truth.</summary>
    public bool EmptyIsUnset { get; init; }

    /// <summary>Whether relative paths in its value start at the user's home directory.</summary>
    public bool RelativeToHome { get; init; }

    /// <summary>Whether its value must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The value of an option without effect that says what is so anyway; null when there is none.</summary>
    public Value? SoAnyway { get; init; }

    /// <summary>How bad a wrong value is: one that has no effect stops nobody.</summary>
    public Severity Wrong => Effect == OptionEffect.Applied ? Severity.Error : Severity.Warning;

    /// <summary>Whether a text asks for nothing but what is so anyway: an option that is not there yet is off, and an empty one unset.</summary>
    public bool IsSoAnyway(string text)
    {
        if (Effect == OptionEffect.Applied)
            return false;
        if (EmptyIsUnset && PythonText.Strip(text).Length == 0)
            return true;
        return Type.Read(text).Value is { } value && (SoAnyway is { } so ? value.Equals(so)
            : Effect == OptionEffect.Planned && value is BooleanValue { Flag: false } or ListValue { Items.IsEmpty: true });
    }

    /// <summary>The option with the default it had in these releases.</summary>
    public ConfigOption As(ConfigRelease releases) =>
        FormerDefaults.FirstOrDefault(former => (former.Releases & releases) != 0) is { } former ? this with { Default = former.Default } : this;
}
