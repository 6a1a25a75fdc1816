using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>The parameters of one stack, converted and checked.</summary>
internal sealed class StackParameters
{
    private readonly Resolution _resolution;
    private readonly HotTemplate _template;
    private readonly Dictionary<string, Value?> _values = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, GivenValue> _given = new Dictionary<string, GivenValue>();
    private bool _nested;

    public StackParameters(Resolution resolution, HotTemplate template, string stackName)
    {
        _resolution = resolution;
        _template = template;
        _values["OS::stack_name"] = stackName;
        _values["OS::stack_id"] = StackIdentity.Id(stackName);
        _values["OS::project_id"] = resolution.Request.ProjectId;
    }

    /// <summary>The declared parameters that have a value.</summary>
    public MapValue Values => new(
        _template.Parameters.Keys.Order(StringComparer.Ordinal)
            .Where(name => _values.GetValueOrDefault(name) is not null)
            .Select(name => KeyValuePair.Create(name, _values[name]!)));

    /// <summary>The declared parameters with their values and the sources of these, in the order they are written.</summary>
    public ImmutableArray<ResolvedParameter> All => [.. _template.Parameters.Values.Select(Resolved)];

    /// <summary>Whether a name is known, and its value, null when that failed.</summary>
    public bool TryGet(string name, out Value? value) => _values.TryGetValue(name, out value);

    /// <summary>Names for "did you mean".</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>Takes the given values; a value for an undeclared parameter, a missing and a wrong value are reported.</summary>
    /// <param name="given">The values given to this stack.</param>
    /// <param name="asker">The place that requests the stack, when it is nested.</param>
    public void Set(IReadOnlyDictionary<string, GivenValue> given, SourceSpan? asker)
    {
        _given = given;
        _nested = asker is not null;
        foreach (var (name, value) in given.Where(pair => !_template.Parameters.ContainsKey(pair.Key)))
        {
            var kind = asker is null ? "parameter" : "property";
            _resolution.Error(
                value.Span ?? asker, "HOT015", $"unknown {kind} '{name}': {_template.Path} declares no such parameter.",
                Suggestion.For(name, _template.Parameters.Keys));
        }

        foreach (var parameter in _template.Parameters.Values)
            _values[parameter.Name] = Value(parameter, given, asker);
    }

    // The same order of precedence as in Value.
    private ResolvedParameter Resolved(ParameterDeclaration parameter)
    {
        var environment = _resolution.Request.Environment;
        var (origin, place) = _given.TryGetValue(parameter.Name, out var own) && own.Value is not NullValue
            ? (_nested ? ParameterOrigin.Property : ParameterOrigin.Environment, own.Span)
            : environment.ParameterDefaults[parameter.Name] is not (null or NullValue) ? (ParameterOrigin.Environment, environment.Location(parameter.Name))
            : (ParameterOrigin.Default, parameter.Span);
        return new(parameter.Name, _values.GetValueOrDefault(parameter.Name), origin, place, parameter.Hidden);
    }

    private Value? Value(ParameterDeclaration parameter, IReadOnlyDictionary<string, GivenValue> given, SourceSpan? asker)
    {
        var environment = _resolution.Request.Environment;
        if (given.TryGetValue(parameter.Name, out var own) && own.Value is not NullValue)
        {
            if (_nested && environment.ParameterDefaults[parameter.Name] is { } unused and not NullValue)
                CheckDefault(parameter, unused, environment.Location(parameter.Name));
            return own.Value is null ? null : Converted(parameter, own.Value, own.Span ?? asker);
        }

        if (environment.ParameterDefaults[parameter.Name] is { } general and not NullValue)
            return Converted(parameter, general, environment.Location(parameter.Name));
        // Heat: a null among the defaults removes the default of a nested template, and none of the root's.
        if (parameter.Default is { } value && (asker is null || environment.ParameterDefaults[parameter.Name] is null || given.ContainsKey(parameter.Name)))
            return Converted(parameter, value, parameter.Span, isDefault: true);
        _resolution.Error(
            asker ?? parameter.Span, "HOT011", $"The parameter '{parameter.Name}' of {_template.Path} has no value.",
            asker is null ? $"Set {parameter.Name} under parameter_defaults in an environment file." : $"Give the property '{parameter.Name}', or a default under parameter_defaults.");
        return null;
    }

    // A default that violates its constraints was reported where it was read.
    private Value? Converted(ParameterDeclaration parameter, Value given, SourceSpan? span, bool isDefault = false)
    {
        if (parameter.Hidden)
            _resolution.Hide(given);
        var (value, problem) = ParameterValue.Convert(parameter.Type, given);
        if (value is null)
        {
            Report(parameter, given, span, "HOT013", problem!);
            return null;
        }

        if (parameter.Hidden)
            _resolution.Hide(value);
        var reported = isDefault ? ParameterValue.JudgedDefault(parameter.Type, given) : null;
        foreach (var constraint in parameter.Constraints.Where(one => reported is null || one.Violation(reported, parameter.Type) is null))
        {
            if (constraint.Violation(ParameterValue.Judged(parameter.Type, given, value), parameter.Type) is { } violation)
                Report(parameter, value, span, "HOT014", violation);
        }

        return value;
    }

    // Constraints apply to the default of a nested stack's parameter, which is the environment's, even where a property is given.
    private void CheckDefault(ParameterDeclaration parameter, Value value, SourceSpan? span)
    {
        if (parameter.Constraints.IsEmpty || ParameterValue.JudgedDefault(parameter.Type, value) is not { } judged)
            return;
        foreach (var violation in parameter.Constraints.Select(constraint => constraint.Violation(judged, parameter.Type)).OfType<string>())
            Report(parameter, value, span, "HOT014", violation);
    }

    private void Report(ParameterDeclaration parameter, Value value, SourceSpan? span, string code, string problem)
    {
        var shown = parameter.Hidden ? problem.Replace(value.ToString(), "***", StringComparison.Ordinal) : problem;
        _resolution.Error(span ?? parameter.Span, code, $"The value of the parameter '{parameter.Name}' is wrong: {shown}.");
    }
}
