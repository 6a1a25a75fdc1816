using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Host.Templates;

/// <summary>Reads roles files: the lists of roles with which template trees are rendered.</summary>
public static class RolesFile
{
    /// <summary>The roles in a text; a faulty role is reported and skipped.</summary>
    public static ImmutableArray<RoleServices> Parse(string text, string path, DiagnosticBag diagnostics)
    {
        if (YamlReader.Read(text, path, diagnostics) is not { } node)
            return [];
        if (node is not YamlSequence list)
        {
            diagnostics.Error(node.Span, "ROLE002", "A roles file is a list of roles.", "Give each role a name and a list ServicesDefault.");
            return [];
        }

        var roles = ImmutableArray.CreateBuilder<RoleServices>();
        foreach (var item in list.Items)
        {
            if (item is YamlMapping role && role["name"] is YamlScalar { Value: StringValue { Text: var name } })
                roles.Add(new(name, [.. (role["ServicesDefault"] as YamlSequence)?.Items.Select(service => PythonText.Str(service.ToValue())) ?? []]));
            else
                diagnostics.Error(item.Span, "ROLE002", "A role must be a map with a name.", "Give each role a name and a list ServicesDefault.");
        }

        return roles.DrainToImmutable();
    }
}
