using System.Collections.Immutable;
using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Templates;

/// <summary>Parses the <c>constraints</c> of a parameter; source: heat/engine/hot/parameters.py.</summary>
internal sealed class ConstraintParser(HotVersion version, YamlShapes shapes)
{
    // Heat: every version accepts modulo, but only newer ones read it.
    private static readonly string[] s_keys =
        ["description", "length", "range", "modulo", "allowed_values", "allowed_pattern", "custom_constraint"];

    // The order in which Heat looks for them: the first one counts, others in the same map are ignored.
    private string[] Kinds =>
        [.. version >= HotVersion.Ocata ? (string[])["modulo"] : [], "range", "length", "allowed_values", "allowed_pattern", "custom_constraint"];

    public ImmutableArray<ParameterConstraint> Parse(YamlNode? node, string parameter, ParameterType type)
    {
        var constraints = ImmutableArray.CreateBuilder<ParameterConstraint>();
        foreach (var item in shapes.List(node, $"the constraints of the parameter '{parameter}'"))
        {
            if (item is not YamlMapping map)
                shapes.Wrong(item, $"A constraint of the parameter '{parameter}' must be a map, not {item.ToValue().TypeName}.");
            else if (Constraint(map) is not { } constraint)
                continue;
            else if (constraint.AppliesTo(type))
                constraints.Add(constraint);
            else
                shapes.Wrong(item, $"This constraint means nothing for the type of the parameter '{parameter}'.");
        }

        return constraints.DrainToImmutable();
    }

    private ParameterConstraint? Constraint(YamlMapping map)
    {
        shapes.OnlyKeys(map, "a constraint", s_keys);
        var description = map["description"]?.ToValue() is { } words && !PythonTruth.IsFalse(words) ? PythonText.Str(words) : null;
        foreach (var kind in Kinds)
        {
            if (map[kind] is { } node)
                return Constraint(kind, node, description);
        }

        shapes.Wrong(map, "This constraint constrains nothing.", $"Give one of {string.Join(", ", Kinds)}.");
        return null;
    }

    private ParameterConstraint? Constraint(string kind, YamlNode node, string? description)
    {
        switch (kind)
        {
            case "range":
                return Bounds(node, kind) is var (least, most) ? new RangeConstraint(least, most, node.Span, description) : null;
            case "length":
                return Bounds(node, kind) is var (min, max) ? Length(node, min, max, description) : null;
            case "modulo":
                return Modulo(node, description);
            case "allowed_values" when node is YamlSequence list:
                return new AllowedValuesConstraint([.. list.Items.Select(item => item.ToValue())], node.Span, description);
            case "allowed_pattern" when node is YamlScalar { Value: StringValue pattern }:
                return Pattern(pattern.Text, node, description);
            case "custom_constraint":
                return new CustomConstraint(PythonText.Str(node.ToValue()), node.Span, description);
            default:
                shapes.Wrong(node, $"{kind} must be {(kind == "allowed_values" ? "a list" : "a string")}, not {node.ToValue().TypeName}.");
                return null;
        }
    }

    private (Value? Min, Value? Max)? Bounds(YamlNode node, string kind)
    {
        if (Map(node, kind, "min", "max") is not { } map)
            return null;
        if (Number(map["min"], out var min) && Number(map["max"], out var max) && (min ?? max) is not null)
            return (min, max);
        shapes.Wrong(node, $"{kind} needs a number as min, as max, or as both.");
        return null;
    }

    private LengthConstraint? Length(YamlNode node, Value? min, Value? max, string? description)
    {
        if (min is not FloatValue && max is not FloatValue)
            return new(min, max, node.Span, description);
        shapes.Wrong(node, "The bounds of a length must be integers.");
        return null;
    }

    private ModuloConstraint? Modulo(YamlNode node, string? description)
    {
        if (Map(node, "modulo", "step", "offset") is not { } map)
            return null;
        if (Number(map["step"], out var step) && Number(map["offset"], out var offset) && Whole(step) is { } by && Whole(offset) is { } from
            && BigInteger.Abs(from) < BigInteger.Abs(by) && by.Sign * from.Sign >= 0)
        {
            return new(step!, offset!, node.Span, description);
        }

        shapes.Wrong(node, "modulo needs an integer step and a smaller integer offset of the same sign.");
        return null;
    }

    private YamlMapping? Map(YamlNode node, string kind, params string[] keys)
    {
        if (node is YamlMapping map)
        {
            shapes.OnlyKeys(map, kind, keys);
            return map;
        }

        shapes.Wrong(node, $"{kind} must be a map, not {node.ToValue().TypeName}.");
        return null;
    }

    private AllowedPatternConstraint? Pattern(string pattern, YamlNode node, string? description)
    {
        var (regex, problem) = PythonPattern.Compile(pattern);
        if (regex is not null)
            return new(pattern, regex, node.Span, description);
        shapes.Wrong(node, $"allowed_pattern is not a regular expression: {problem}");
        return null;
    }

    private static bool Number(YamlNode? node, out Value? number)
    {
        number = node is null or YamlScalar { Value: NullValue } ? null : Numbers.Parse(node.ToValue());
        return node is null or YamlScalar { Value: NullValue } || number is not null;
    }

    private static BigInteger? Whole(Value? number) =>
        number is not null && Numbers.Integer(number) is { } whole && PythonEquality.Comparer.Equals(new IntegerValue(whole), number) ? whole : null;
}
