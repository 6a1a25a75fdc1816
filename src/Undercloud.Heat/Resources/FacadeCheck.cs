using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;

namespace Undercloud.Heat.Resources;

/// <summary>
/// Checks that a template has the interface of the type that it implements; source: Heat 19, heat/engine/resources/template_resource.py.
/// </summary>
internal static class FacadeCheck
{
    /// <summary>The error, a clause; null when there is none.</summary>
    /// <param name="facade">The implementation of the type without the template.</param>
    /// <param name="template">The template.</param>
    /// <param name="resolution">Finds the facade's template when it is one.</param>
    public static string? Problem(ResourceImplementation facade, HotTemplate template, Resolution resolution)
    {
        var defaults = resolution.Request.Environment.ParameterDefaults;
        var provider = TypeInterface.OfTemplate(template, defaults);
        if (!facade.IsTemplate)
            return Problem(TypeInterface.OfNative(facade.Name), provider);
        // An invalid template has been reported.
        return resolution.Templates.Find(facade.Name, null) is { } other ? Problem(TypeInterface.OfTemplate(other, defaults), provider) : null;
    }

    private static string? Problem(TypeInterface facade, TypeInterface provider)
    {
        foreach (var (name, wanted) in facade.Properties ?? new Dictionary<string, InterfaceProperty>())
        {
            if (!provider.Properties!.TryGetValue(name, out var own))
            {
                if (wanted.Required)
                    return $"it has no parameter '{name}', a required property of the type";
            }
            else if (own.Type != wanted.Type)
            {
                return $"its parameter '{name}' takes a {own.Type}, the type's property a {wanted.Type}";
            }
        }

        if (facade.Properties is { } known && provider.Properties!.FirstOrDefault(pair => pair.Value.Required && !known.ContainsKey(pair.Key)) is { Key: { } more })
            return $"it requires the parameter '{more}', which is no property of the type";
        // Every type has the attribute show.
        return facade.Attributes.FirstOrDefault(name => name != "show" && !provider.Attributes.Contains(name)) is { } missing
            ? $"it has no output '{missing}', an attribute of the type"
            : null;
    }
}
