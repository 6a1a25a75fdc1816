using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Templates;

/// <summary>Parses the <c>constraints</c> of a parameter.</summary>
internal sealed class ConstraintParser(HotVersion version, YamlShapes shapes)
{
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);

    private string[] Kinds =>
        [.. version >= HotVersion.Ocata ? (string[])["modulo"] : [], "range", "length", "allowed_values", "allowed_pattern", "custom_constraint"];

    public ImmutableArray<ParameterConstraint> Parse(YamlNode? node, string parameter, ParameterType type)
    {
        var constraints = ImmutableArray.CreateBuilder<ParameterConstraint>();
        foreach (var item in shapes.List(node, $"the constraints of the parameter '{parameter}'"))
        {
            if (shapes.Map(item, $"a constraint of the parameter '{parameter}'") is not { } map || Constraint(map) is not { } constraint)
                continue;
            if (constraint.AppliesTo(type))
                constraints.Add(constraint);
            else
                shapes.Wrong(item, $"This constraint means nothing for the type of the parameter '{parameter}'.");
        }

        return constraints.DrainToImmutable();
    }

    private ParameterConstraint? Constraint(YamlMapping map)
    {
        shapes.OnlyKeys(map, "a constraint", [.. Kinds, "description"]);
        var description = map["description"] is { } words ? PythonText.Str(words.ToValue()) : null;
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
                return Bounds(node, kind) is var (min, max) ? new LengthConstraint(min, max, node.Span, description) : null;
            case "modulo":
                return Modulo(node, description);
            case "allowed_values" when node is YamlSequence list:
                return new AllowedValuesConstraint([.. list.Items.Select(item => item.ToValue())], node.Span, description);
            case "allowed_pattern" when node is YamlScalar { Value: StringValue pattern }:
                return Pattern(pattern.Text, node, description);
            case "custom_constraint" when node is YamlScalar { Value: StringValue name }:
                return new CustomConstraint(name.Text, node.Span, description);
            default:
                shapes.Wrong(node, $"{kind} must be {(kind == "allowed_values" ? "a list" : "a string")}, not {node.ToValue().TypeName}.");
                return null;
        }
    }

    private (Value? Min, Value? Max)? Bounds(YamlNode node, string kind)
    {
        if (shapes.Map(node, kind) is not { } map)
            return null;
        shapes.OnlyKeys(map, kind, ["min", "max"]);
        if (Number(map["min"], out var min) && Number(map["max"], out var max) && (min ?? max) is not null)
            return (min, max);
        shapes.Wrong(node, $"{kind} needs a number as min, as max, or as both.");
        return null;
    }

    private ModuloConstraint? Modulo(YamlNode node, string? description)
    {
        if (shapes.Map(node, "modulo") is not { } map)
            return null;
        shapes.OnlyKeys(map, "modulo", ["step", "offset"]);
        if (Integer(map["step"]) is { } step && Integer(map["offset"]) is { } offset && Math.Abs(offset) < Math.Abs(step)
            && (offset == 0 || Math.Sign(step) == Math.Sign(offset)))
        {
            return new(step, offset, node.Span, description);
        }

        shapes.Wrong(node, "modulo needs an integer step and a smaller integer offset of the same sign.");
        return null;
    }

    private AllowedPatternConstraint? Pattern(string pattern, YamlNode node, string? description)
    {
        try
        {
            var translated = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal);
            var regex = new Regex($@"\A(?:{translated})", RegexOptions.CultureInvariant, s_matchLimit);
            return new(pattern, regex, node.Span, description);
        }
        catch (RegexParseException exception)
        {
            shapes.Wrong(node, $"allowed_pattern is not a regular expression: {exception.Message}");
            return null;
        }
    }

    private static bool Number(YamlNode? node, out Value? number)
    {
        number = node is null or YamlScalar { Value: NullValue } ? null : Numbers.Parse(node.ToValue());
        return node is null or YamlScalar { Value: NullValue } || number is not null;
    }

    private static long? Integer(YamlNode? node) =>
        node is not null && Numbers.Parse(node.ToValue()) is { } number
        && double.TryParse(PythonText.Str(number), CultureInfo.InvariantCulture, out var value) && value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? (long)value
            : null;
}
