using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Analysis;

/// <summary>What a mapping comes to.</summary>
public enum MappingKind
{
    /// <summary>A template.</summary>
    Template,

    /// <summary>OS::Heat::None: the type is there and does nothing.</summary>
    None,

    /// <summary>A resource type that needs no template.</summary>
    Native,

    /// <summary>Nothing at all: a stack with this type cannot be resolved.</summary>
    Nothing,
}

/// <summary>What a resource type stands for in an environment.</summary>
/// <param name="Type">The type.</param>
/// <param name="Kind">What it comes to.</param>
/// <param name="Chain">The types on the way and the template or native type at the end; empty when it is native itself or nothing.</param>
/// <param name="Decided">Where its mapping is written, when that is a file.</param>
public sealed record TypeMapping(string Type, MappingKind Kind, ImmutableArray<string> Chain, SourceSpan? Decided)
{
    private const string NoneType = "OS::Heat::None";

    /// <summary>The template it stands for.</summary>
    public string? Template => Kind == MappingKind.Template ? Chain[^1] : null;

    /// <summary>What one type stands for.</summary>
    public static TypeMapping Of(HeatEnvironment environment, string type)
    {
        if (environment.Registry.Trace(type, NativeTypes.Has) is not { } trace)
            return new(type, MappingKind.Nothing, [], environment.RegistryLocation(type));
        var end = trace.IsEmpty ? type : trace[^1].Target;
        var kind = TemplatePath.IsTemplate(end) ? MappingKind.Template : end == NoneType ? MappingKind.None : MappingKind.Native;
        return new(type, kind, [.. trace.Select(step => step.Target)], environment.RegistryLocation(trace.IsEmpty ? type : trace[0].Key));
    }

    /// <summary>What each type of an environment's registry stands for, by name; wildcards stand as they are written.</summary>
    public static ImmutableArray<TypeMapping> All(HeatEnvironment environment) =>
    [
        .. environment.Registry.Types.Order(StringComparer.Ordinal).Select(type => type.EndsWith('*')
            ? new(type, MappingKind.Native, [PythonText.Str(environment.RegistrySection[type]!)], environment.RegistryLocation(type))
            : Of(environment, type)),
    ];
}
