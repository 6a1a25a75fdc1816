using System.Text.Json;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>Fn::Select: [index, collection]</c>: an item of a list or a map, which may be JSON text; an empty string when there is none.</summary>
public sealed class FnSelect : Function
{
    private readonly Expression _index;
    private readonly Expression _collection;

    private FnSelect(FunctionCall call, Expression index, Expression collection)
        : base(call)
    {
        _index = index;
        _collection = collection;
    }

    public static FunctionDefinition Definition { get; } = new("Fn::Select", HotVersion.V20130523, Create) { Until = HotVersion.V20150430 };

    public override Value? Evaluate(IScope scope)
    {
        var index = _index.Resolve(scope);
        var collection = _collection.Resolve(scope);
        if (index is null || collection is null)
            return null;
        if (collection is not StringValue { Text: var text })
            return Select(scope, index, collection);
        if (text.Length == 0)
            return "";
        try
        {
            return Select(scope, index, PythonJson.Read(text));
        }
        catch (JsonException exception)
        {
            return Fail(scope, $"the collection is text but not JSON: {exception.Message}.");
        }
    }

    private Value? Select(IScope scope, Value index, Value collection)
    {
        if (collection is MapValue map)
            return index is StringValue key ? map[key.Text] ?? "" : Fail(scope, $"the index into a map must be a string, not {index.TypeName}.");
        if (index is FloatValue { Number: var number } && double.IsInfinity(number))
            return Fail(scope, "the index is infinite.");
        var place = Numbers.Integer(index);
        return collection switch
        {
            ListValue when place is null => Fail(scope, $"the index into a list must be an integer, not {index.TypeName} {index}."),
            ListValue list => PythonIndex.Of(new IntegerValue(place!.Value), list.Items.Length) is { } found ? list.Items[found] : "",
            NullValue => "",
            _ => Fail(scope, $"an item can only be selected from a list or a map, not from {collection.TypeName}."),
        };
    }

    private static Function Create(FunctionCall call) => call.Unpacked() is [var index, var collection]
        ? new FnSelect(call, index, collection)
        : call.Invalid("the arguments must be a list [index, collection].");
}
