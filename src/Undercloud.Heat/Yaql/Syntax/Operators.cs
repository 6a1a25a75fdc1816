using System.Collections.Frozen;

namespace Undercloud.Heat.Yaql.Syntax;

/// <summary>An operator: its precedence before and between operands (1 is highest, 0 is none) and the functions that it calls.</summary>
internal sealed record Operator(string Symbol, int Prefix, int Infix, bool RightAssociative = false, string? Alias = null)
{
    public string InfixFunction { get; } = Alias is null ? "#operator_" + Symbol : "*" + Alias;

    public string PrefixFunction { get; } = "#unary_operator_" + Symbol;
}

/// <summary>The operators of yaql/language/factory.py with their precedence.</summary>
internal static class Operators
{
    /// <summary>The precedence of an index: lower than a dot, higher than a sign.</summary>
    public const int Indexer = 2;

    public static FrozenDictionary<string, Operator> BySymbol { get; } = new Operator[]
    {
        new(".", 0, 1), new("?.", 0, 1),
        new("+", 3, 6), new("-", 3, 6),
        new("=~", 0, 4), new("!~", 0, 4),
        new("*", 0, 5), new("/", 0, 5), new("mod", 0, 5),
        new(">", 0, 7), new("<", 0, 7), new(">=", 0, 7), new("<=", 0, 7),
        new("!=", 0, 7, Alias: "not_equal"), new("=", 0, 7, Alias: "equal"), new("in", 0, 7),
        new("not", 8, 0),
        new("and", 0, 9),
        new("or", 0, 10),
        new("->", 0, 11, RightAssociative: true),
    }.ToFrozenDictionary(one => one.Symbol, StringComparer.Ordinal);
}
