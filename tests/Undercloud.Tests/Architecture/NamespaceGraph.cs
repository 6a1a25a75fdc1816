using System.Collections.Immutable;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Undercloud.Tests.Architecture;

/// <summary>Which namespace of the product uses which other ones, read from the compiled assemblies.</summary>
internal static class NamespaceGraph
{
    private const string Product = "Undercloud.";

    /// <summary>Every arrow, as (user, used), without the common prefix. Constants leave no trace in an assembly and are not seen.</summary>
    public static ImmutableSortedSet<(string From, string To)> Read(IEnumerable<string> assemblies) =>
    [
        .. assemblies.SelectMany(path =>
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path);
            return assembly.MainModule.GetAllTypes()
                .Where(type => IsOurs(type))
                .SelectMany(type => Used(type).Where(IsOurs).Select(used => (From: Name(type), To: Name(used))))
                .Where(arrow => arrow.From != arrow.To)
                .ToList();
        }),
    ];

    /// <summary>The groups of namespaces that use each other in a circle, each in the order of names.</summary>
    public static IEnumerable<ImmutableArray<string>> Cycles(ImmutableSortedSet<(string From, string To)> arrows)
    {
        var next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var names = arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Distinct().Order(StringComparer.Ordinal).ToList();
        var reach = names.ToDictionary(name => name, name => Reachable(name, next));
        return names
            .Where(name => reach[name].Contains(name))
            .GroupBy(name => string.Join(' ', reach[name].Where(other => reach[other].Contains(name)).Order(StringComparer.Ordinal)))
            .Select(group => group.ToImmutableArray());
    }

    private static HashSet<string> Reachable(string from, ILookup<string, string> next)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(next[from]);
        while (open.TryPop(out var name))
        {
            if (!reached.Add(name))
                continue;
            foreach (var further in next[name])
                open.Push(further);
        }

        return reached;
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        var direct = new List<TypeReference?> { type.BaseType };
        direct.AddRange(type.Interfaces.Select(implemented => implemented.InterfaceType));
        direct.AddRange(type.Fields.Select(field => field.FieldType));
        direct.AddRange(type.CustomAttributes.Select(attribute => attribute.AttributeType));
        foreach (var method in type.Methods)
        {
            direct.Add(method.ReturnType);
            direct.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            if (!method.HasBody)
                continue;
            direct.AddRange(method.Body.Variables.Select(variable => variable.VariableType));
            foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
                direct.AddRange(OfOperand(operand));
        }

        return direct.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> OfOperand(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    // A generic type stands for itself and its arguments, an array for its elements.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static bool IsOurs(TypeReference type) => Outermost(type).Namespace.StartsWith(Product, StringComparison.Ordinal);

    private static string Name(TypeReference type) => Outermost(type).Namespace[Product.Length..];

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }
}
