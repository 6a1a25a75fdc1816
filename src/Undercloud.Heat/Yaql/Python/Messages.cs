using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Values and types in error messages.</summary>
internal static class Messages
{
    private const int Longest = 120;

    /// <summary>A value, cut where it gets long.</summary>
    public static string Show(Value value)
    {
        var builder = new PythonWriter(null, Longest);
        builder.Str(value);
        return builder.ToString();
    }

    /// <summary>The name Python gives the value's type.</summary>
    public static string TypeName(Value value) => value switch
    {
        NullValue => "NoneType",
        BooleanValue => "bool",
        IntegerValue => "int",
        FloatValue => "float",
        StringValue => "str",
        ListValue => "tuple",
        MutableListValue => "list",
        MapValue or DictValue { Frozen: true } => "FrozenDict",
        DictValue => "dict",
        SetValue => "frozenset",
        ViewValue { Kind: ViewKind.Keys } => "dict_keys",
        ViewValue { Kind: ViewKind.Items } => "dict_items",
        ViewValue => "dict_values",
        DateTimeValue => "datetime.datetime",
        TimeSpanValue => "datetime.timedelta",
        RegexValue => "re.Pattern",
        _ => value.TypeName,
    };
}
