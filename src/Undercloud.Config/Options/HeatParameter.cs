using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>A template parameter that an option sets.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="From">Computes the parameter's value from the option's effective value; null (YAML's) to set none.</param>
public sealed record HeatParameter(string Name, Func<Value, Value> From)
{
    /// <summary>A parameter with the option's value unchanged.</summary>
    public HeatParameter(string name)
        : this(name, value => value)
    {
    }

    /// <summary>The releases of tripleo-heat-templates that have it; none for a parameter of the tool's own templates only.</summary>
    public ConfigRelease Releases { get; init; } = ConfigRelease.Client;

    /// <summary>A parameter of the tool's own templates only.</summary>
    public static HeatParameter Own(string name) => new(name) { Releases = ConfigRelease.None };

    /// <summary>A parameter of the tool's own templates only.</summary>
    public static HeatParameter Own(string name, Func<Value, Value> from) => new(name, from) { Releases = ConfigRelease.None };

    /// <summary>A parameter that an empty text or list leaves at the templates' default: python-tripleoclient tests such options for truth.</summary>
    public static HeatParameter UnlessEmpty(string name) =>
        new(name, value => value is StringValue { Text: "" } or ListValue { Items.IsEmpty: true } ? Value.Null : value);
}
