using Undercloud.Heat.Functions;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::ResourceChain</c>: one resource for each type of a list, all with the same properties, named by their index.</summary>
internal sealed class ResourceChain(ResourcePlace place) : MemberResource(place)
{
    protected override bool CreateContent()
    {
        if (IsTooDeep("its own") || Properties(GroupSchema.Chain) is not { } properties)
            return false;
        var types = (ListValue)properties["resources"];
        var place = Declaration.Properties.First(property => property.Name == "resources").Span;
        if (types.Items.Any(item => item is not StringValue))
            return Reject(new(types, place), "resources", "must be a list of resource types");
        // The client does not upload a template that is named only here.
        if (types.Items.FirstOrDefault(item => TemplatePath.IsTemplate(((StringValue)item).Text)) is { } path)
            return Reject(new(types, place), "resources", $"must be a list of types, not of templates as {path}");
        var values = properties.GetValueOrDefault("resource_properties") as MapValue ?? MapValue.Empty;
        var span = Declaration.Properties.FirstOrDefault(property => property.Name == "resource_properties")?.Span ?? Declaration.Span;
        var declarations = values.Entries.Select(entry => new PropertyDeclaration(entry.Key, span, new Literal(entry.Value, span))).ToList();
        for (var i = 0; i < types.Items.Length; i++)
            Add(i.ToString(), ((StringValue)types.Items[i]).Text, place, declarations);
        return true;
    }
}
