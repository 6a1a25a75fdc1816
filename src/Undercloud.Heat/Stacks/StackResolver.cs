using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>Resolves a stack: computes Heat's outputs without a Heat.</summary>
public static class StackResolver
{
    /// <summary>The stack's outputs and all findings. Never throws because of the content of files.</summary>
    public static StackResult Resolve(StackRequest request)
    {
        var resolution = new Resolution(request);
        var path = TemplatePath.Normalise(request.TemplatePath);
        if (resolution.Templates.Find(path, null) is not { } template)
            return new() { Diagnostics = resolution.Diagnostics };
        var stack = new Stack(resolution, template, request.Name, [request.Name], request.Environment.Registry, null);
        stack.Create(RootParameters(request));
        var outputs = template.Outputs.Select(output => KeyValuePair.Create(output.Name, stack.Output(output.Name) ?? Value.Null)).ToList();
        resolution.JudgeUnreadOutputs();
        return new()
        {
            Outputs = new(outputs),
            Parameters = stack.Parameters.Values,
            Tree = new(() => ResourceTree.Of(stack)),
            Templates = [.. resolution.Templates.All.Select(used => used.Path).Order(StringComparer.Ordinal)],
            Deployments = resolution.Deployments,
            Configs = resolution.Configs,
            GeneratedValues = resolution.GeneratedValues,
            HiddenValues = resolution.HiddenValues,
            UsedMappings = resolution.UsedMappings,
            Unused = new(() => UnusedParameters.Find(request.Environment, resolution.Templates)),
            Diagnostics = resolution.Diagnostics,
        };
    }

    private static Dictionary<string, GivenValue> RootParameters(StackRequest request)
    {
        var given = new Dictionary<string, GivenValue>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Environment.Parameters.Entries)
            given[name] = new(value, request.Environment.Location(name));
        foreach (var (name, value) in request.Parameters.Entries)
            given[name] = new(value, null);
        return given;
    }
}
