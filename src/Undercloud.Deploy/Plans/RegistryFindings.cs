using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;

namespace Undercloud.Deploy.Plans;

/// <summary>Finds mappings in an operator's environment files that nothing in the stack uses: mostly misspelled or foreign names.</summary>
internal static class RegistryFindings
{
    // Not a type of a service: what the host's network is configured with (OperatorNetwork).
    private const string NetworkOfTheHost = "::Net::SoftwareConfig";

    /// <summary>
    /// A warning for each mapping that no resource's type leads through; an error where the template it names is not there, which heatclient
    /// refuses whether or not the mapping is used.
    /// </summary>
    /// <param name="environment">The merged environment.</param>
    /// <param name="files">Finds the templates that are mapped to.</param>
    /// <param name="operators">The paths of the operator's environment files.</param>
    /// <param name="used">The keys that resources led through.</param>
    public static IEnumerable<Diagnostic> Of(HeatEnvironment environment, ITemplateFiles files, IReadOnlySet<string> operators, IReadOnlySet<string> used)
    {
        foreach (var (type, target) in environment.Registry.Mappings.OrderBy(mapping => mapping.Key, StringComparer.Ordinal))
        {
            if (type.EndsWith(NetworkOfTheHost, StringComparison.Ordinal) || used.Contains(type) || environment.RegistryLocation(type) is not { } place || !operators.Contains(place.Path))
                continue;
            if (TemplatePath.IsTemplate(target) && files.Read(target) is null)
                yield return new(Severity.Error, "ENV007", $"{type} is mapped to {target}, and there is no such file.", place, "Put the file there, or remove the mapping.");
            else
                yield return new(
                    Severity.Warning, "ENV006", $"The mapping of {type} has no effect: nothing in this undercloud is of that type.", place,
                    NearestName.Of(type, used) is { } nearest ? $"Did you mean {nearest}?" : null);
        }
    }
}
