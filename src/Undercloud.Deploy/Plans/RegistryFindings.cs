using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

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
        let failure = files.Failure(mapping.Target)
        select new Diagnostic(
            Severity.Error, "ENV007", $"{mapping.Type} is mapped to {mapping.Target}{(failure is null ? ", and there is no such file" : $": {failure.Message.TrimEnd('.')}")}.", mapping.Place,
            TemplatePath.RemedyOfUrl(mapping.Target) ?? failure?.Remedy ?? "Put the file there, or remove the mapping.");

    /// <summary>A warning for each mapping that no resource uses, and for each null that takes no mapping away.</summary>
    /// <param name="environment">The merged environment.</param>
    /// <param name="operators">The paths of the operator's environment files.</param>
    /// <param name="used">The registry keys that resources used.</param>
    /// <param name="others">The mappings without the operator's files.</param>
    public static IEnumerable<Diagnostic> Unused(HeatEnvironment environment, IReadOnlySet<string> operators, IReadOnlySet<string> used, IEnumerable<string> others)
    {
        var known = others.ToHashSet(StringComparer.Ordinal);
        var wrong = Mappings(environment, operators).Where(mapping => !used.Contains(mapping.Type)).Select(mapping => (mapping.Type, mapping.Place))
            .Concat(Removals(environment, operators).Where(removal => !known.Any(type => IsMeant(removal.Type, type))));
        return wrong.Select(mapping => new Diagnostic(
            Severity.Warning, "ENV006", $"The mapping of {mapping.Type} has no effect: nothing in this undercloud is of that type.", mapping.Place,
            NearestName.Of(mapping.Type, used.Union(known)) is { } nearest ? $"Did you mean {nearest}?" : null));
    }

    // Heat: a wildcard that is mapped to null takes away every mapping that begins like it.
    private static bool IsMeant(string removed, string type) => removed.EndsWith('*') ? type.StartsWith(removed[..^1], StringComparison.Ordinal) : type == removed;

    private static IEnumerable<(string Type, SourceSpan Place)> Removals(HeatEnvironment environment, IReadOnlySet<string> operators) =>
        from mapping in environment.RegistrySection.Entries.OrderBy(mapping => mapping.Key, StringComparer.Ordinal)
        where mapping.Value is NullValue && mapping.Key != "resources"
        let place = environment.RegistryLocation(mapping.Key)
        where place is not null && operators.Contains(place.Value.Path)
        select (mapping.Key, place.Value);

    private static IEnumerable<(string Type, string Target, SourceSpan Place)> Mappings(HeatEnvironment environment, IReadOnlySet<string> operators) =>
        from mapping in environment.Registry.Mappings.OrderBy(mapping => mapping.Key, StringComparer.Ordinal)
        where !mapping.Key.EndsWith(NetworkOfTheHost, StringComparison.Ordinal)
        let place = environment.RegistryLocation(mapping.Key)
        where place is not null && operators.Contains(place.Value.Path)
        select (mapping.Key, mapping.Value, place.Value);
}
