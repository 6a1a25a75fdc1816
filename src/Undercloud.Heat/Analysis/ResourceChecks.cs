using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>Checks a template's resources: their types, the properties of nested templates, and the references to resources.</summary>
internal static class ResourceChecks
{
    /// <summary>Reports references to missing files, types, properties and resources.</summary>
    public static void Check(TemplateSource template, TypeCatalog catalog, TemplateSources sources, Suggestions suggestions, DiagnosticBag findings)
    {
        foreach (var file in template.References.Files.Where(file => !sources.Has(file.Name)))
            findings.Warning(file.Span, "HOT001", $"get_file: there is no file '{file.Name}'.");
        foreach (var resource in template.Template.Resources)
        {
            if (catalog.IsUnmapped(resource))
            {
                findings.Warning(
                    resource.TypeSpan, "HOT020", $"The resource type '{resource.Type}' stands for nothing.",
                    suggestions.For(resource.Type, catalog.KnownTypes) ?? "Map it in the resource_registry of an environment.");
            }
            else if (catalog.TemplateOf(template, resource) is { } nested)
            {
                CheckProperties(resource, nested, suggestions, findings);
            }
        }

        foreach (var reference in template.References.Resources)
            CheckReference(template, reference, catalog, suggestions, findings);
    }

    /// <summary>
    /// Reports parameters of nested templates without a value. This is certain only in a template that is instantiated: the values
    /// for an unused template may come with the environment that uses it.
    /// </summary>
    public static void CheckRequired(TemplateSource template, TypeCatalog catalog, HeatEnvironment environment, DiagnosticBag findings)
    {
        foreach (var resource in template.Template.Resources)
        {
            if (catalog.TemplateOf(template, resource) is not { } nested)
                continue;
            var given = resource.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var parameter in nested.Template.Parameters.Values.Where(parameter => parameter.Default is null && !given.Contains(parameter.Name)))
            {
                if (environment.ParameterDefaults[parameter.Name] is null or NullValue)
                {
                    findings.Warning(
                        resource.Span, "HOT011", $"The parameter '{parameter.Name}' of {nested.Path} has no value.",
                        $"Give the property '{parameter.Name}', or a default under parameter_defaults.");
                }
            }
        }
    }

    private static void CheckProperties(ResourceDeclaration resource, TemplateSource nested, Suggestions suggestions, DiagnosticBag findings)
    {
        foreach (var property in resource.Properties.Where(property => !nested.ParameterNames.Contains(property.Name)))
        {
            findings.Warning(
                property.Span, "HOT015", $"unknown property '{property.Name}': {nested.Path} declares no such parameter.",
                suggestions.For(property.Name, nested.Template.Parameters.Keys));
        }
    }

    private static void CheckReference(
        TemplateSource template, ResourceReference reference, TypeCatalog catalog, Suggestions suggestions, DiagnosticBag findings)
    {
        if (!template.ResourceNames.Contains(reference.Name))
        {
            findings.Warning(
                reference.Span, "HOT021", $"{reference.Function}: there is no resource '{reference.Name}'.",
                suggestions.For(reference.Name, template.Template.Resources.Select(resource => resource.Name)));
        }
        else if (reference.Attribute is { } attribute && template.Resources.TryGetValue(reference.Name, out var resource)
            && catalog.Missing(template, resource, attribute, reference.Next) is { } miss)
        {
            findings.Warning(reference.Span, "HOT022", $"{reference.Function}: {miss.Message}", suggestions.For(miss.Name, miss.Known));
        }
    }
}
