using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>The variables and functions in an expression's scope: its own, then those of the enclosing contexts.</summary>
internal sealed class Context(Context? parent)
{
    private List<KeyValuePair<string, Value>>? _data;
    private Dictionary<string, List<FunctionSpec>>? _functions;

    public Context? Parent { get; } = parent;

    /// <summary>A variable; null when nothing defines it. <c>$</c> is <c>$1</c>.</summary>
    public Value this[string name]
    {
        get
        {
            var wanted = Normalize(name);
            for (var context = this; context is not null; context = context.Parent)
            {
                if (context._data is null)
                    continue;
                foreach (var (key, value) in context._data)
                {
                    if (string.Equals(key, wanted, StringComparison.Ordinal))
                        return value;
                }
            }

            return Value.Null;
        }

        set
        {
            var wanted = Normalize(name);
            _data ??= [];
            var place = _data.FindIndex(entry => string.Equals(entry.Key, wanted, StringComparison.Ordinal));
            if (place < 0)
                _data.Add(new(wanted, value));
            else
                _data[place] = new(wanted, value);
        }
    }

    public void Define(FunctionSpec function)
    {
        _functions ??= new(StringComparer.Ordinal);
        if (!_functions.TryGetValue(function.Name, out var overloads))
            _functions[function.Name] = overloads = [];
        overloads.Add(function);
    }

    public List<FunctionSpec>? Functions(string name) => _functions?.GetValueOrDefault(name);

    private static string Normalize(string name) => name is "$" or "" ? "$1" : name[0] == '$' ? name : "$" + name;
}
