using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>A parameter of the templates that an option sets.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="From">The parameter's value from the option's effective value.</param>
public sealed record HeatParameter(string Name, Func<Value, Value> From)
{
    /// <summary>The parameter takes the option's value as it is.</summary>
    public HeatParameter(string name)
        : this(name, value => value)
    {
    }
}

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

    /// <summary>Names of older releases that are still read.</summary>
    public ImmutableArray<string> DeprecatedNames { get; init; } = [];

    /// <summary>The parameters it leads to.</summary>
    public ImmutableArray<HeatParameter> Parameters { get; init; } = [];

    /// <summary>Whether an empty value means the same as none; python-tripleoclient tests such options for truth.</summary>
    public bool EmptyIsUnset { get; init; }

    /// <summary>Whether relative paths in its value start at the user's home directory.</summary>
    public bool RelativeToHome { get; init; }
}
