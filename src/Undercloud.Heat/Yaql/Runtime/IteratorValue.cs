using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>A Python iterator: it can be iterated only once, by whatever consumer.</summary>
internal record IteratorValue : RuntimeValue
{
    private readonly IEnumerator<Value>? _source;
    private readonly Evaluator _evaluator;
    private bool _running;
    private bool _ended;

    public IteratorValue(Evaluator evaluator, IEnumerable<Value>? source)
    {
        _evaluator = evaluator;
        _source = source?.GetEnumerator();
    }

    public override string TypeName => "generator";

    /// <summary>Python's iter(): the iterator itself, except for one that remembers its items.</summary>
    public virtual IteratorValue Start() => this;

    /// <summary>The next item, or false at the end.</summary>
    public virtual bool TryNext(out Value item)
    {
        item = Null;
        if (_ended)
            return false;
        _evaluator.Enter();
        if (_running)
            throw new YaqlException("generator already executing");
        _running = true;
        try
        {
            _ended = !_source!.MoveNext();
            if (!_ended)
                item = _source.Current;
            return !_ended;
        }
        finally
        {
            _running = false;
        }
    }

    public IEnumerable<Value> Rest()
    {
        while (TryNext(out var item))
            yield return item;
    }
}

/// <summary>The result of <c>memorize()</c>: every iteration starts at the beginning; items that were read are kept.</summary>
internal sealed record MemorizingIterator : IteratorValue
{
    private readonly Evaluator _evaluator;
    private readonly IteratorValue _origin;
    private readonly List<Value> _yielded;
    private int _index;

    public MemorizingIterator(Evaluator evaluator, IteratorValue origin)
        : this(evaluator, origin, [])
    {
    }

    private MemorizingIterator(Evaluator evaluator, IteratorValue origin, List<Value> yielded)
        : base(evaluator, null)
    {
        _evaluator = evaluator;
        _origin = origin;
        _yielded = yielded;
    }

    public override IteratorValue Start() => new MemorizingIterator(_evaluator, _origin, _yielded);

    public override bool TryNext(out Value item)
    {
        if (_index == _yielded.Count)
        {
            _evaluator.Enter();
            if (!_origin.TryNext(out item))
                return false;
            _yielded.Add(item);
            _evaluator.LimitBytes(Python.SizeOf.List(_yielded.Count));
        }

        item = _yielded[_index++];
        return true;
    }
}
