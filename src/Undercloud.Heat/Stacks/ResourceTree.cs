using System.Collections.Immutable;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>Describes the resources of a resolution.</summary>
internal static class ResourceTree
{
    public static ResolvedResource Of(Stack stack) => new(stack.Path, "OS::Heat::Stack", stack.Template.Path)
    {
        Children = Children(stack),
        Outputs = Outputs(stack),
        Parameters = stack.Parameters.All,
    };

    private static ImmutableArray<ResolvedResource> Children(Stack stack) => [.. stack.Resources.Select(Of)];

    private static ResolvedResource Of(Resource resource) => resource switch
    {
        TemplateResource { Nested: { } nested } => new(resource.Place.Path, resource.Declaration.Type, nested.Template.Path)
        {
            Children = Children(nested),
            Outputs = Outputs(nested),
            Parameters = nested.Parameters.All,
        },
        MemberResource group => new(resource.Place.Path, resource.Declaration.Type, null)
        {
            Children = [.. group.Members.Select(member => member.Value).OfType<Resource>().Select(Of)],
        },
        ValueResource value => new(resource.Place.Path, resource.Declaration.Type, null) { PhysicalName = resource.Place.PhysicalName, Value = value.Value },
        _ => new(resource.Place.Path, resource.Declaration.Type, null) { PhysicalName = resource.Place.PhysicalName },
    };

    private static MapValue Outputs(Stack stack) => new(
        stack.Template.Outputs.Select(output => KeyValuePair.Create(output.Name, stack.Output(output.Name)!)).Where(pair => pair.Value is not null));
}
