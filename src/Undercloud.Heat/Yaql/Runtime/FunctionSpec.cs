using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>A parameter; without a default it is required.</summary>
internal sealed record Parameter(string Name, ParameterType Type, Value? Default);

/// <summary>The body of a function.</summary>
internal delegate Value Implementation(Call call);

/// <summary>
/// One overload of a function, read from a signature such as <c>M skip(collection:iterable, count:int)</c>: F is a function, M a
/// method, K takes no keyword arguments; <c>*args:any?</c> takes the remaining arguments, <c>**kwargs:any?</c> the named ones.
/// </summary>
internal sealed class FunctionSpec
{
    private FunctionSpec(string name, string flags, Implementation body, ImmutableArray<Parameter> parameters, Parameter? rest, Parameter? named)
    {
        Name = name;
        IsFunction = flags.Contains('F');
        IsMethod = flags.Contains('M');
        NoKeywords = flags.Contains('K');
        Body = body;
        Parameters = parameters;
        Rest = rest;
        Named = named;
    }

    public string Name { get; }

    public bool IsFunction { get; }

    public bool IsMethod { get; }

    public bool NoKeywords { get; }

    public Implementation Body { get; }

    public ImmutableArray<Parameter> Parameters { get; }

    public Parameter? Rest { get; }

    public Parameter? Named { get; }

    public static FunctionSpec Of(string signature, Implementation body)
    {
        var blank = signature.IndexOf(' ');
        var open = signature.IndexOf('(', blank);
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        Parameter? rest = null;
        Parameter? named = null;
        foreach (var text in signature[(open + 1)..^1].Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (text.StartsWith("**", StringComparison.Ordinal))
                named = Read(text[2..]);
            else if (text[0] == '*')
                rest = Read(text[1..]);
            else
                parameters.Add(Read(text));
        }

        return new(signature[(blank + 1)..open], signature[..blank], body, parameters.ToImmutable(), rest, named);
    }

    /// <summary>The same function under another name, and possibly of another kind.</summary>
    public FunctionSpec As(string name, string? flags = null) =>
        new(name, flags ?? (IsFunction ? "F" : "") + (IsMethod ? "M" : "") + (NoKeywords ? "K" : ""), Body, Parameters, Rest, Named);

    public int IndexOf(string parameter)
    {
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (Parameters[i].Name == parameter)
                return i;
        }

        return -1;
    }

    private static Parameter Read(string text)
    {
        var colon = text.IndexOf(':');
        var equals = text.IndexOf('=', colon);
        var type = equals < 0 ? text[(colon + 1)..] : text[(colon + 1)..equals];
        var nullable = type.EndsWith('?');
        return new(text[..colon], new(Kind(nullable ? type[..^1] : type), nullable), equals < 0 ? null : Default(text[(equals + 1)..]));
    }

    private static Value Default(string text) => text switch
    {
        "null" => Value.Null,
        "true" => true,
        "false" => false,
        "none" => NoValue.Instance,
        "0s" => new TimeSpanValue(0),
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, null, out var number) => number,
        _ => text,
    };

    private static ParameterKind Kind(string type) => type switch
    {
        "any" => ParameterKind.Any,
        "null" => ParameterKind.Null,
        "bool" => ParameterKind.Boolean,
        "int" => ParameterKind.Integer,
        "integer" => ParameterKind.StrictInteger,
        "number" => ParameterKind.Number,
        "str" => ParameterKind.Text,
        "iterable" => ParameterKind.Iterable,
        "insertable" => ParameterKind.Insertable,
        "iterator" => ParameterKind.Iterator,
        "sequence" => ParameterKind.Sequence,
        "map" => ParameterKind.Map,
        "set" => ParameterKind.Set,
        "regex" => ParameterKind.Regex,
        "datetime" => ParameterKind.DateTime,
        "timespan" => ParameterKind.TimeSpan,
        "rule" => ParameterKind.Rule,
        "context" => ParameterKind.Context,
        "ordering" => ParameterKind.Ordering,
        "keyword" => ParameterKind.Keyword,
        "lambda" => ParameterKind.Lambda,
        "methodlambda" => ParameterKind.MethodLambda,
        "contextlambda" => ParameterKind.ContextLambda,
        "lazyrule" => ParameterKind.LazyRule,
        "expression" => ParameterKind.Expression,
        _ => throw new ArgumentException($"no parameter type '{type}'", nameof(type)),
    };
}
