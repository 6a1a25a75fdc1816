using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>
/// The aggregator of groupBy(): it gets a group's values, and if that fails the pair of key and values, as in
/// yaql 1.1.1.
/// </summary>
internal sealed class GroupAggregator(Evaluator evaluator, Closure aggregator)
{
    private YaqlException? _failure;
    private bool _mayFallBack = true;

    public Value Apply(ListValue group)
    {
        var (key, values) = (group.Items[0], (MutableListValue)group.Items[1]);
        if (_failure is null)
        {
            try
            {
                var result = aggregator.Invoke(values);
                if (!LooksLikePair(result, values))
                    _mayFallBack = false;
                return new ListValue([key, result]);
            }
            catch (YaqlException error) when (error.Kind is ErrorKind.NoMatch or ErrorKind.Index)
            {
                _failure = error;
            }
        }

        return (_mayFallBack ? Old(group) : null) ?? throw _failure;
    }

    private Value? Old(ListValue group)
    {
        try
        {
            var result = aggregator.Invoke(group);
            var length = result is StringValue text ? CodePoints.Count(text.Text) : Collections.Count(result);
            return length == 2 ? result : null;
        }
        catch (YaqlException error) when (error.Kind != ErrorKind.Limit)
        {
            return null;
        }
    }

    private bool LooksLikePair(Value result, MutableListValue values) =>
        values.Items.Length == 2 && Collections.IsSequence(result) && Collections.Count(result) == 2
        && new PythonKeys(evaluator).Equals(Collections.Items(result).First(), values.Items[0]);
}
