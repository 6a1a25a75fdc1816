using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>The kinds of a mapping's result.</summary>
public enum MappingKind
{
    /// <summary>A template.</summary>
    Template,

    /// <summary>OS::Heat::None: the type exists and does nothing.</summary>
    None,

    /// <summary>A resource type that needs no template.</summary>
    Native,

    /// <summary>Nothing: a stack with this type cannot be resolved.</summary>
    Nothing,
}

/// <summary>The implementation of a resource type in an environment.</summary>
/// <param name="Type">The type.</param>
/// <param name="Kind">The kind of the result.</param>
/// <param name="Chain">The intermediate types and the template or native type at the end; empty when the type itself is native or maps to nothing.</param>
/// <param name="Decided">The place of its mapping, when that is in a file.</param>
public sealed record TypeMapping(string Type, MappingKind Kind, ImmutableArray<string> Chain, SourceSpan? Decided)
{
    private const string NoneType = "OS::Heat::None";

    /// <summary>The template that implements it.</summary>
    public string? Template => Kind == MappingKind.Template ? Chain[^1] : null;

    /// <summary>The implementation of one type.</summary>
    public static TypeMapping Of(HeatEnvironment environment, string type)
    {
        if (environment.Registry.Trace(type, NativeTypes.Has) is not { } trace)
            return new(type, MappingKind.Nothing, [], environment.RegistryLocation(type));
        var end = trace.IsEmpty ? type : trace[^1].Target;
        var kind = TemplatePath.IsTemplate(end) ? MappingKind.Template : end == NoneType ? MappingKind.None : MappingKind.Native;
        return new(type, kind, [.. trace.Select(step => step.Target)], environment.RegistryLocation(trace.IsEmpty ? type : trace[0].Key));
    }

    /// <summary>The implementation of each type of an environment's registry, by name; wildcards stay as written.</summary>
    public static ImmutableArray<TypeMapping> All(HeatEnvironment environment) =>
    [
        .. environment.Registry.Types.Order(StringComparer.Ordinal).Select(type => type.EndsWith('*')
            ? new(type, MappingKind.Native, [PythonText.Str(environment.RegistrySection[type]!)], environment.RegistryLocation(type))
            : Of(environment, type)),
    ];
}
