using System.Diagnostics.CodeAnalysis;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;
using Undercloud.Heat.Yaql.Syntax;

namespace Undercloud.Heat.Yaql;

/// <summary>A parsed YAQL expression. Immutable: it can be evaluated any number of times, by several threads at once.</summary>
public sealed class YaqlExpression
{
    private readonly Node _root;

    private YaqlExpression(string text, Node root)
    {
        Text = text;
        _root = root;
    }

    /// <summary>The expression as it is written.</summary>
    public string Text { get; }

    /// <summary>Parses an expression; false, and the error, when the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out YaqlExpression? expression, [NotNullWhen(false)] out YaqlError? error)
    {
        try
        {
            (expression, error) = (new(text, Parser.Parse(text)), null);
            return true;
        }
        catch (SyntaxException found)
        {
            (expression, error) = (null, new(found.Message, found.Position));
            return false;
        }
    }

    /// <summary>Evaluates with <paramref name="data"/> as <c>$</c>.</summary>
    public YaqlResult Evaluate(Value data, YaqlLimits limits)
    {
        var evaluator = new Evaluator(limits);
        var context = new Context(null) { ["$"] = data };
        try
        {
            return new(Output.Convert(evaluator, _root.Evaluate(evaluator, null, context)));
        }
        catch (YaqlException error)
        {
            return new(new YaqlError(error.Message));
        }
        catch (OverflowException)
        {
            return new(new YaqlError("OverflowError: the number is too big"));
        }
    }
}
