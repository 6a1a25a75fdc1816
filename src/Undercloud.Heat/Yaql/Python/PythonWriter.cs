using System.Text;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>str() and repr() of any value. The text is either bounded by an evaluation's limits or cut after a number of characters.</summary>
internal sealed class PythonWriter(Evaluator? evaluator, int longest)
{
    private readonly StringBuilder _builder = new();

    public static string Str(Evaluator evaluator, Value value)
    {
        if (value is StringValue text)
            return text.Text;
        var writer = new PythonWriter(evaluator, int.MaxValue);
        writer.Str(value);
        return writer.ToString();
    }

    public static string Repr(Evaluator evaluator, Value value)
    {
        var writer = new PythonWriter(evaluator, int.MaxValue);
        writer.Repr(value, 0);
        return writer.ToString();
    }

    public override string ToString() => _builder.Length <= longest ? _builder.ToString() : _builder.ToString(0, longest) + "…";

    public void Str(Value value)
    {
        switch (value)
        {
            case StringValue text:
                _builder.Append(text.Text);
                break;
            case DateTimeValue time:
                _builder.Append(TimeText.Iso(time, ' '));
                break;
            case TimeSpanValue span:
                _builder.Append(TimeText.Span(span));
                break;
            default:
                Repr(value, 0);
                break;
        }
    }

    private void Repr(Value value, int depth)
    {
        if (_builder.Length > longest)
            return;
        if (evaluator is not null)
            Bound();
        else if (depth > 8)
        {
            _builder.Append('…');
            return;
        }

        switch (value)
        {
            case ListValue list:
                Sequence("(", list.Items, list.Items.Length == 1 ? ",)" : ")", depth);
                break;
            case MutableListValue list:
                Sequence("[", list.Items, "]", depth);
                break;
            case MapValue or DictValue:
                Map(value, depth);
                break;
            case SetValue set when set.Items.Count > 0:
                Sequence("frozenset({", set.Items.Keys, "})", depth);
                break;
            case ViewValue view:
                View(view, depth);
                break;
            default:
                _builder.Append(Scalar(value));
                break;
        }
    }

    private void Bound()
    {
        evaluator!.Enter();
        if (_builder.Length > evaluator.Limits.ProducedBytes / 2)
            evaluator.Produce(_builder.Length * 2L);
    }

    private static string Scalar(Value value) => value switch
    {
        IntegerValue integer => Numbers.Text(integer.Number),
        FloatValue number => PythonText.Float(number.Number),
        SetValue => "frozenset()",
        DateTimeValue time => TimeText.Repr(time),
        TimeSpanValue span => TimeText.SpanRepr(span),
        RegexValue regex => $"re.compile({PythonText.Repr(regex.Regex.Pattern)})",
        NoValue => "<NoValue>",
        RuntimeValue => $"<{value.TypeName}>",
        _ => PythonText.Repr(value),
    };

    private void Sequence(string open, IEnumerable<Value> items, string close, int depth)
    {
        _builder.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                _builder.Append(", ");
            first = false;
            Repr(item, depth + 1);
        }

        _builder.Append(close);
    }

    private void Map(Value map, int depth)
    {
        _builder.Append('{');
        var first = true;
        foreach (var (key, value) in Collections.Entries(map))
        {
            if (!first)
                _builder.Append(", ");
            first = false;
            Repr(key, depth + 1);
            _builder.Append(": ");
            Repr(value, depth + 1);
        }

        _builder.Append('}');
    }

    private void View(ViewValue view, int depth)
    {
        if (view.Map is DictValue { Frozen: false })
        {
            Sequence($"dict_{view.Kind.ToString().ToLowerInvariant()}([", Collections.Items(view), "])", depth);
            return;
        }

        _builder.Append(view.Kind).Append("View(");
        Repr(view.Map, depth + 1);
        _builder.Append(')');
    }
}
