using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::ResourceChain</c>: one resource for each type of a list, all with the same properties, named by their index.</summary>
internal sealed class ResourceChain(ResourcePlace place) : MemberResource(place)
{
    protected override bool CreateContent()
    {
        var properties = Properties();
        OnlyProperties(properties, "resources", "concurrent", "resource_properties");
        var types = properties.GetValueOrDefault("resources");
        var shared = properties.GetValueOrDefault("resource_properties");
        if (!properties.ContainsKey("resources"))
            Resolution.Error(Declaration.Span, "HOT011", $"The property 'resources' of {Declaration.Type} has no value.");
        if (types.Value is null || (shared.Value is null && properties.ContainsKey("resource_properties")))
            return false;
        if ((types.Value is NullValue ? ListValue.Empty : types.Value) is not ListValue list || list.Items.Any(item => item is not StringValue))
        {
            Wrong(types, "resources", "must be a list of resource types");
            return false;
        }

        if ((shared.Value is null or NullValue ? MapValue.Empty : shared.Value) is not MapValue values)
        {
            Wrong(shared, "resource_properties", $"must be a map, not {shared.Value!.TypeName}");
            return false;
        }

        var span = shared.Span ?? Declaration.Span;
        var declarations = values.Entries.Select(entry => new PropertyDeclaration(entry.Key, span, new Literal(entry.Value, span))).ToList();
        for (var i = 0; i < list.Items.Length; i++)
            Add(i.ToString(), ((StringValue)list.Items[i]).Text, types.Span ?? Declaration.TypeSpan, declarations);
        return true;
    }
}
