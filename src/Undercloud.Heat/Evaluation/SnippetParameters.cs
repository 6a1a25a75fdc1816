using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Evaluation;

/// <summary>The parameters of a snippet, declared and pseudo; source: heat/engine/parameters.py.</summary>
internal sealed class SnippetParameters(
    IReadOnlyDictionary<string, ParameterDeclaration> declarations, MapValue given, MapValue defaults, DiagnosticBag findings)
{
    private const int ReportLimit = 20;
    private static readonly string[] s_pseudo = ["OS::stack_name", "OS::stack_id", "OS::project_id"];

    /// <summary>A parameters section that declares every given parameter by the type its value has.</summary>
    public static MapValue Declared(MapValue given) => new(given.Entries
        .Where(entry => !IsPseudo(entry.Key))
        .Select(entry => KeyValuePair.Create(entry.Key, (Value)new MapValue([new("type", TypeOf(entry.Value))]))));

    /// <summary>Sets every parameter's value; a value for an undeclared parameter, a missing and a wrong value are reported.</summary>
    public void Fill(SnippetScope scope)
    {
        foreach (var name in given.Keys.Where(name => !declarations.ContainsKey(name) && !IsPseudo(name)).Take(ReportLimit))
            findings.Error(null, "HOT015", $"unknown parameter '{name}': the schema declares no such parameter.", Suggestion.For(name, declarations.Keys));
        foreach (var name in s_pseudo)
        {
            // Heat: a stack without a name has no parameter for it; an unknown id or project is empty.
            var value = given[name] is { } own and not NullValue ? PythonText.Str(own) : "";
            if (value.Length > 0 || name != "OS::stack_name")
                scope.Set(name, defaults[name] is { } general and not NullValue ? PythonText.Str(general) : value);
        }

        foreach (var parameter in declarations.Values)
        {
            if (Value(parameter) is { } value)
                scope.Set(parameter.Name, value);
        }
    }

    private Value? Value(ParameterDeclaration parameter)
    {
        var raw = !IsPseudo(parameter.Name) && given[parameter.Name] is { } own and not NullValue ? own
            : defaults[parameter.Name] is { } general and not NullValue ? general
            : parameter.Default;
        if (raw is null)
        {
            findings.Error(null, "HOT011", $"The parameter '{parameter.Name}' has no value.", "Give one, or a default.");
            return null;
        }

        var (value, problem) = ParameterValue.Convert(parameter.Type, raw);
        if (value is null)
        {
            findings.Error(null, "HOT013", $"The value of the parameter '{parameter.Name}' is wrong: {problem}.");
            return null;
        }

        foreach (var constraint in parameter.Constraints)
        {
            if (constraint.Violation(ParameterValue.Judged(parameter.Type, raw, value), parameter.Type) is { } violation)
                findings.Error(null, "HOT014", $"The value of the parameter '{parameter.Name}' is wrong: {violation}.");
        }

        return value;
    }

    private static bool IsPseudo(string name) => s_pseudo.Contains(name);

    private static string TypeOf(Value value) => value switch
    {
        BooleanValue => "boolean",
        IntegerValue or FloatValue => "number",
        ListValue or MapValue => "json",
        _ => "string",
    };
}
