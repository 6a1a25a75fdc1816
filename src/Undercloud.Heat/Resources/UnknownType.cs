using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>The finding about a resource's type that maps to nothing. Its place is the mapping in an environment file, else the resource.</summary>
internal static class UnknownType
{
    private const string OrNone = "Map it to a template (*.yaml), or to OS::Heat::None to have none of it.";

    /// <summary>The finding.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="registry">The mappings that apply to it.</param>
    /// <param name="environment">Knows the places of these mappings.</param>
    /// <param name="group">The chain or group that contains the resource.</param>
    public static Diagnostic Finding(ResourceDeclaration resource, ResourceRegistry registry, HeatEnvironment environment, string? group)
    {
        var type = resource.Type;
        var known = registry.Types.Where(name => !name.EndsWith('*')).Concat(NativeTypes.Names).ToList();
        return environment.RegistryLocation(type) is { } place && Problem(type, environment, known) is var (problem, remedy)
            ? new(Severity.Error, "HOT020", $"{type} is mapped to {problem}, and a resource{(group is null ? "" : $" of {group}")} is of this type.", place, remedy)
            : new(
                Severity.Error, "HOT020", $"The resource type '{type}'{(group is null ? "" : $" in {group}")} stands for nothing.", resource.TypeSpan,
                Suggestion.For(type, known) ?? "Map it in the resource_registry of an environment.");
    }

    private static (string Problem, string Remedy)? Problem(string type, HeatEnvironment environment, List<string> known) => environment.RegistrySection[type] switch
    {
        // Heat: null removes a mapping, and leaves a resource of the type without one.
        NullValue => ("null, which only takes its mapping away", $"{OrNone} Without the line it has the mapping that it had."),
        // A wildcard that is mapped to null has removed it.
        _ when !environment.Registry.Mappings.ContainsKey(type) => null,
        StringValue { Text: var target } when target == type => ("itself, which leads nowhere", $"{OrNone} Without the line it has the mapping that it had."),
        StringValue { Text: var target } when !target.Contains("::", StringComparison.Ordinal) =>
            ($"'{target}', which is neither a template nor a resource type", $"A template's name ends in .yaml or .template. {OrNone}"),
        StringValue { Text: var target } => End(target, environment.Registry) is not { } end
            ? ($"{target}, which leads back to itself", OrNone)
            : ($"{target}, and {(end == target ? "that" : end)} is no resource type", Suggestion.For(end, known.Where(name => name != type).ToList()) is { } meant ? $"{meant} {OrNone}" : OrNone),
        _ => null,
    };

    // The last type that mappings lead to; null when they form a cycle.
    private static string? End(string type, ResourceRegistry registry)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (registry.Mappings.TryGetValue(type, out var next))
        {
            if (!seen.Add(type))
                return null;
            type = next;
        }

        return type;
    }
}
