using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql.Syntax;

internal enum TokenKind
{
    End,
    Constant,
    Keyword,
    Function,
    Dollar,
    Operator,
    Rule,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
}

/// <summary>One token: its text for messages, its value when it is a constant, and its position (in UTF-16 units).</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, Value? Value = null);
