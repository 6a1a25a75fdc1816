using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A stored software configuration: what Heat's software-config API would return for its id.</summary>
/// <param name="Id">The id, a UUID.</param>
/// <param name="Name">The name, mostly derived from the resource's place.</param>
/// <param name="Group">The tool that applies it, e.g. script, ansible.</param>
/// <param name="Config">The configuration: a string, or a map of a structured one.</param>
public sealed record SoftwareConfig(string Id, string Name, string Group, Value Config)
{
    /// <summary>Declared inputs: maps with name, type, default, description, replace_on_change, and in a deployment's own config value.</summary>
    public ListValue Inputs { get; init; } = ListValue.Empty;

    /// <summary>Declared outputs: maps with name, type, description, error_output.</summary>
    public ListValue Outputs { get; init; } = ListValue.Empty;

    public Value Options { get; init; } = Value.Null;
}
