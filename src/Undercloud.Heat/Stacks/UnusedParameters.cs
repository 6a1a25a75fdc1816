using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;

namespace Undercloud.Heat.Stacks;

/// <summary>Finds undeclared parameter defaults: mostly misspelled names.</summary>
internal static class UnusedParameters
{
    /// <summary>A warning for each default that neither a stack nor a template of the registry declares.</summary>
    public static ImmutableArray<Diagnostic> Find(HeatEnvironment environment, TemplateCache templates)
    {
        var declared = new HashSet<string>(templates.All.SelectMany(template => template.Parameters.Keys), StringComparer.Ordinal);
        if (environment.ParameterDefaults.Keys.All(declared.Contains))
            return [];
        declared.UnionWith(environment.Registry.Templates.SelectMany(templates.ParameterNames));
        return Find(environment, declared);
    }

    /// <summary>A warning for each default whose name is not declared.</summary>
    public static ImmutableArray<Diagnostic> Find(HeatEnvironment environment, IReadOnlySet<string> declared) =>
    [
        .. environment.ParameterDefaults.Keys.Where(name => !declared.Contains(name)).Select(name => new Diagnostic(
            Severity.Warning, "HOT016", $"unused parameter '{name}': no template declares it.", environment.Location(name),
            NearestName.Of(name, declared) is { } nearest ? $"Did you mean '{nearest}'?" : null)),
    ];
}
