using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>
/// <c>str_replace: {template: …, params: {key: value}}</c>: the template with every key replaced, longest keys first. Inserted
/// text is not searched again.
/// </summary>
public sealed class StrReplace : Function
{
    private readonly Expression _template;
    private readonly Expression _parameters;
    private readonly bool _json;

    private StrReplace(FunctionCall call, Expression template, Expression parameters)
        : base(call)
    {
        _template = template;
        _parameters = parameters;
        _json = call.Version >= HotVersion.V20151015;
    }

    public static FunctionDefinition Definition { get; } = new("str_replace", HotVersion.V20130523, Create);

    public static FunctionDefinition StrictDefinition { get; } = new("str_replace_strict", HotVersion.Ocata, Create);

    public static FunctionDefinition VeryStrictDefinition { get; } = new("str_replace_vstrict", HotVersion.Pike, Create);

    public static FunctionDefinition CloudFormationDefinition { get; } =
        new("Fn::Replace", HotVersion.V20130523, CreateUnnamed) { Until = HotVersion.V20130523 };

    private bool Strict => Name is "str_replace_strict" or "str_replace_vstrict";

    private bool EmptyAllowed => Name != "str_replace_vstrict";

    public override Value? Evaluate(IScope scope)
    {
        var template = _template.Resolve(scope);
        var parameters = _parameters.Resolve(scope);
        if (template is null || parameters is null)
            return null;
        if (template is not StringValue { Text: var text })
            return Fail(scope, $"the template must be a string, not {template.TypeName}.");
        if (parameters is not MapValue map)
            return Fail(scope, $"the params must be a map, not {parameters.TypeName}.");
        var replacements = new List<KeyValuePair<string, string>>(map.Count);
        foreach (var (key, value) in map.Entries)
        {
            if (key.Length == 0)
                return Fail(scope, "an empty string cannot be replaced.");
            if (Text(scope, key, value) is not { } replacement)
                return null;
            replacements.Add(new(key, replacement));
        }

        return Replace(scope, text, replacements);
    }

    private static Function Create(FunctionCall call) =>
        call.Named() is { } named && named.TryGetValue("template", out var template) && named.TryGetValue("params", out var parameters)
            ? Create(call, template, parameters)
            : call.Invalid("the arguments must be a map with the keys template and params.");

    private static Function CreateUnnamed(FunctionCall call) =>
        call.Node is Yaml.YamlSequence && call.Items() is [var parameters, var template]
            ? Create(call, template, parameters)
            : call.Invalid("the arguments must be a list [params, template].");

    private static Function Create(FunctionCall call, Expression template, Expression parameters) =>
        parameters is Function or MapExpression or Literal { Value: MapValue }
            ? new StrReplace(call, template, parameters)
            : call.Invalid("the params must be a map.");

    private StringValue? Replace(IScope scope, string text, List<KeyValuePair<string, string>> replacements)
    {
        replacements.Sort((left, right) =>
            PythonString.Length(right.Key) is var length && PythonString.Length(left.Key) is var other && length != other
                ? length - other
                : CodePointOrder.Compare(left.Key, right.Key));
        // Pieces alternate: text that is still to be searched, text that is inserted for good.
        ImmutableArray<string> pieces = [text];
        foreach (var (key, replacement) in replacements)
        {
            var next = ImmutableArray.CreateBuilder<string>(pieces.Length);
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i % 2 == 1)
                {
                    next.Add(pieces[i]);
                    continue;
                }

                var parts = pieces[i].Split(key);
                next.Add(parts[0]);
                foreach (var part in parts.Skip(1))
                    next.AddRange(replacement, part);
            }

            if (Strict && next.Count == pieces.Length)
            {
                Fail(scope, $"the param '{key}' does not occur in the template.", "Remove the param, or use str_replace.");
                return null;
            }

            pieces = next.ToImmutable();
        }

        return scope.Spend(pieces.Sum(piece => (long)piece.Length) / 8, this) ? new StringValue(string.Concat(pieces)) : null;
    }

    private string? Text(IScope scope, string key, Value value)
    {
        var text = value switch
        {
            NullValue => "",
            ListValue { Items.IsEmpty: true } or MapValue { Count: 0 } when !EmptyAllowed => "",
            ListValue or MapValue => _json ? PythonText.Json(value) : null,
            _ => PythonText.Str(value),
        };
        if (text is null)
            Fail(scope, $"the param '{key}' must be a string or a number, not {value.TypeName}.");
        if (text is not "" || EmptyAllowed)
            return text is not null && scope.Spend(text.Length / 8, this) ? text : null;
        Fail(scope, $"the param '{key}' has no value or an empty one.");
        return null;
    }
}
