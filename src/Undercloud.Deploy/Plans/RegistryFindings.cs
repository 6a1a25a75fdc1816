using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;

namespace Undercloud.Deploy.Plans;

/// <summary>Finds mappings in an operator's environment files that nothing in the stack uses: mostly misspelled or foreign names.</summary>
internal static class RegistryFindings
{
    // Not the type of a service: OperatorNetwork reads this mapping of the host's network.
    private const string NetworkOfTheHost = "::Net::SoftwareConfig";

    /// <summary>
    /// An error for each mapping to a missing template, which heatclient refuses whether or not the mapping is used.
    /// </summary>
    /// <param name="environment">The merged environment.</param>
    /// <param name="files">Finds the mapped templates.</param>
    /// <param name="operators">The paths of the operator's environment files.</param>
    public static IEnumerable<Diagnostic> Missing(HeatEnvironment environment, ITemplateFiles files, IReadOnlySet<string> operators) =>
        from mapping in Mappings(environment, operators)
        where TemplatePath.IsTemplate(mapping.Target) && files.Read(mapping.Target) is null
        select new Diagnostic(Severity.Error, "ENV007", $"{mapping.Type} is mapped to {mapping.Target}, and there is no such file.", mapping.Place, "Put the file there, or remove the mapping.");

    /// <summary>A warning for each mapping that no resource uses.</summary>
    /// <param name="environment">The merged environment.</param>
    /// <param name="operators">The paths of the operator's environment files.</param>
    /// <param name="used">The registry keys that resources used.</param>
    public static IEnumerable<Diagnostic> Unused(HeatEnvironment environment, IReadOnlySet<string> operators, IReadOnlySet<string> used) =>
        from mapping in Mappings(environment, operators)
        where !used.Contains(mapping.Type)
        select new Diagnostic(
            Severity.Warning, "ENV006", $"The mapping of {mapping.Type} has no effect: nothing in this undercloud is of that type.", mapping.Place,
            NearestName.Of(mapping.Type, used) is { } nearest ? $"Did you mean {nearest}?" : null);

    private static IEnumerable<(string Type, string Target, SourceSpan Place)> Mappings(HeatEnvironment environment, IReadOnlySet<string> operators) =>
        from mapping in environment.Registry.Mappings.OrderBy(mapping => mapping.Key, StringComparer.Ordinal)
        where !mapping.Key.EndsWith(NetworkOfTheHost, StringComparison.Ordinal)
        let place = environment.RegistryLocation(mapping.Key)
        where place is not null && operators.Contains(place.Value.Path)
        select (mapping.Key, mapping.Value, place.Value);
}
