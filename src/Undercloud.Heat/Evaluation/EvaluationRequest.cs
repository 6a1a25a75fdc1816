using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Evaluation;

/// <summary>A HOT snippet to evaluate, and the parts of a template and an environment that it needs.</summary>
/// <param name="Snippet">The snippet, written as the value of an output.</param>
/// <param name="Version">The heat_template_version.</param>
public sealed record EvaluationRequest(YamlNode Snippet, Value Version)
{
    /// <summary>The values given for parameters, pseudo parameters such as <c>OS::stack_name</c> among them.</summary>
    public Value Parameters { get; init; } = MapValue.Empty;

    /// <summary>The template's parameters section; null when the parameters are declared by the types of their values.</summary>
    public Value? Schema { get; init; }

    /// <summary>The template's conditions section.</summary>
    public Value Conditions { get; init; } = MapValue.Empty;

    /// <summary>The environment's parameter_defaults.</summary>
    public Value ParameterDefaults { get; init; } = MapValue.Empty;

    /// <summary>The contents of files by the names that get_file uses.</summary>
    public Value Files { get; init; } = MapValue.Empty;
}
