using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>Checks a template's parameters against the functions that use them.</summary>
internal static class ParameterChecks
{
    private static readonly string[] s_pseudo = ["OS::stack_name", "OS::stack_id", "OS::project_id"];

    /// <summary>Reports parameters that are used and not declared.</summary>
    public static void CheckDeclared(TemplateSource template, Suggestions suggestions, DiagnosticBag findings)
    {
        foreach (var reference in template.References.Parameters)
        {
            if (!template.ParameterNames.Contains(reference.Name) && !s_pseudo.Contains(reference.Name))
            {
                findings.Warning(
                    reference.Span, "HOT012", $"get_param: the parameter '{reference.Name}' is not declared in {template.Path}.",
                    suggestions.For(reference.Name, template.Template.Parameters.Keys.Concat(s_pseudo)));
            }
        }
    }

    /// <summary>Reports parameters that are declared and never used.</summary>
    /// <param name="template">The template.</param>
    /// <param name="given">The names of properties that templates give to one another: parameters of these names are part of an interface, used or not.</param>
    /// <param name="findings">Takes the findings.</param>
    public static void CheckUnused(TemplateSource template, IReadOnlySet<string> given, DiagnosticBag findings)
    {
        if (template.References.AnyParameter)
            return;
        var used = template.References.Parameters.Select(reference => reference.Name).ToHashSet(StringComparer.Ordinal);
        var deprecated = Deprecated(template.Template.ParameterGroups);
        foreach (var parameter in template.Template.Parameters.Values.Where(parameter => !used.Contains(parameter.Name)))
        {
            if (!given.Contains(parameter.Name) && !parameter.Tags.Contains("role_specific") && !deprecated.Contains(parameter.Name))
                findings.Warning(parameter.Span, "HOT050", $"The parameter '{parameter.Name}' is declared and never used.", "Remove it, or use it with get_param.");
        }
    }

    // A deprecated parameter exists so that old environments stay valid.
    private static HashSet<string> Deprecated(Value groups) =>
    [
        .. (groups as ListValue)?.Items.OfType<MapValue>()
            .Where(group => group["label"] is StringValue label && label.Text.Contains("deprecated", StringComparison.OrdinalIgnoreCase))
            .SelectMany(group => group["parameters"] is ListValue names ? names.Items.Select(PythonText.Str) : []) ?? [],
    ];
}
