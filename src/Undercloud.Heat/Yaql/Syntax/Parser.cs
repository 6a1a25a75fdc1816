using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql.Syntax;

/// <summary>Parses an expression by precedence climbing over <see cref="Operators"/>; the grammar is yaql/language/parser.py's.</summary>
internal sealed class Parser
{
    private const int Loosest = 12;
    private readonly string _text;
    private readonly Lexer _lexer;
    private Token _token;

    private Parser(string text)
    {
        _text = text;
        _lexer = new Lexer(text);
        _token = _lexer.Next();
    }

    /// <exception cref="SyntaxException">The text is no expression.</exception>
    public static Node Parse(string text)
    {
        var parser = new Parser(text);
        var node = parser.Expression(Loosest);
        return parser._token.Kind == TokenKind.End ? node : throw parser.Unexpected();
    }

    // expression => primary ( operator expression | "[" args "]" )*, as far as the operators bind tighter than the one before
    private Node Expression(int limit)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new SyntaxException($"The expression is nested too deeply at position {Lexer.CodePoints(_text, _token.Position)}", Lexer.CodePoints(_text, _token.Position));
        var left = Primary();
        while (true)
        {
            if (_token.Kind == TokenKind.OpenBracket && Operators.Indexer < limit)
            {
                Advance();
                left = new CallNode("#indexer", [left, .. Arguments(TokenKind.CloseBracket)], usesReceiver: false);
                continue;
            }

            if (_token.Kind != TokenKind.Operator || Operators.BySymbol[_token.Text] is not { Infix: > 0 } infix)
                return left;
            if (infix.RightAssociative ? infix.Infix > limit : infix.Infix >= limit)
                return left;
            Advance();
            left = Combine(infix, left, Expression(infix.RightAssociative ? infix.Infix + 1 : infix.Infix));
        }
    }

    private static Node Combine(Operator infix, Node left, Node right) => (infix.Symbol, right) switch
    {
        (".", KeywordNode attribute) => new AttributeNode(left, attribute),
        (".", CallNode { UsesReceiver: true } method) => new MethodNode(left, method),
        _ => new CallNode(infix.InfixFunction, [left, right], usesReceiver: false),
    };

    // primary => constant | word | "$" name | name "(" args ")" | "[" args "]" | "{" args "}" | "(" expression ")" | prefix expression
    private Node Primary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Constant:
                Advance();
                return new ConstantNode(token.Value!);
            case TokenKind.Keyword:
                Advance();
                return new KeywordNode(token.Text);
            case TokenKind.Dollar:
                Advance();
                return new VariableNode(token.Text);
            case TokenKind.Function:
                Advance();
                return new CallNode(token.Text, Arguments(TokenKind.CloseParenthesis), usesReceiver: true);
            case TokenKind.OpenBracket:
                Advance();
                return new CallNode("#list", Arguments(TokenKind.CloseBracket), usesReceiver: false);
            case TokenKind.OpenBrace:
                Advance();
                return new CallNode("#map", Arguments(TokenKind.CloseBrace), usesReceiver: false);
            case TokenKind.OpenParenthesis:
                Advance();
                var inner = Expression(Loosest);
                Expect(TokenKind.CloseParenthesis);
                return new WrapNode(inner);
            case TokenKind.Operator when Operators.BySymbol[token.Text] is { Prefix: > 0 } prefix:
                Advance();
                return new CallNode(prefix.PrefixFunction, [Expression(prefix.Prefix)], usesReceiver: false);
            default:
                throw Unexpected();
        }
    }

    // args => [ list of values, some of them omitted ] [ list of rules ]
    private ImmutableArray<Node?> Arguments(TokenKind close)
    {
        var arguments = ImmutableArray.CreateBuilder<Node?>();
        if (_token.Kind == close)
        {
            Advance();
            return [];
        }

        var ruleAllowed = !LeftOut(arguments);
        while (true)
        {
            var value = Expression(Loosest);
            if (_token.Kind == TokenKind.Rule && ruleAllowed)
                return Rules(arguments, value, close);
            arguments.Add(value);
            if (_token.Kind != TokenKind.Comma)
                break;
            Advance();
            ruleAllowed = true;
            if (_token.Kind != TokenKind.Comma)
                continue;
            arguments.Add(null);
            Advance();
            ruleAllowed = !LeftOut(arguments);
        }

        Expect(close);
        return arguments.ToImmutable();
    }

    private bool LeftOut(ImmutableArray<Node?>.Builder arguments)
    {
        var any = false;
        for (; _token.Kind == TokenKind.Comma; Advance())
        {
            arguments.Add(null);
            any = true;
        }

        return any;
    }

    private ImmutableArray<Node?> Rules(ImmutableArray<Node?>.Builder arguments, Node source, TokenKind close)
    {
        while (true)
        {
            Expect(TokenKind.Rule);
            arguments.Add(new RuleNode(source, Expression(Loosest)));
            if (_token.Kind != TokenKind.Comma)
                break;
            Advance();
            source = Expression(Loosest);
        }

        Expect(close);
        return arguments.ToImmutable();
    }

    private void Advance() => _token = _lexer.Next();

    private void Expect(TokenKind kind)
    {
        if (_token.Kind != kind)
            throw Unexpected();
        Advance();
    }

    private SyntaxException Unexpected()
    {
        if (_token.Kind == TokenKind.End)
            return new("Parse error: unexpected end of statement", null);
        var position = Lexer.CodePoints(_text, _token.Position);
        var shown = _token.Value is null ? _token.Text : PythonText.Str(_token.Value);
        return new($"Parse error: unexpected '{shown}' at position {position} of expression '{_text}'", position);
    }
}
