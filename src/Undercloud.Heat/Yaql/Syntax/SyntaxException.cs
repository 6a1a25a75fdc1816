namespace Undercloud.Heat.Yaql.Syntax;

/// <summary>Ends parsing; never leaves <see cref="YaqlExpression.Parse"/>.</summary>
internal sealed class SyntaxException(string message, int? position) : Exception(message)
{
    public int? Position { get; } = position;
}
