using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Functions;

/// <summary><c>Fn::Split: [delimiter, string]</c>: a string's parts.</summary>
public sealed class FnSplit : Function
{
    private readonly Expression _delimiter;
    private readonly Expression _text;

    private FnSplit(FunctionCall call, Expression delimiter, Expression text)
        : base(call)
    {
        _delimiter = delimiter;
        _text = text;
    }

    public static FunctionDefinition Definition { get; } = new("Fn::Split", HotVersion.V20130523, Create) { Until = HotVersion.V20130523 };

    public override Value? Evaluate(IScope scope)
    {
        if (_text.Resolve(scope) is not { } text)
            return null;
        // Heat never resolves the delimiter.
        if (_delimiter is not Literal { Value: StringValue { Text: { Length: > 0 } delimiter } })
            return Fail(scope, "the delimiter must be a string that is not empty, and no function.");
        return text is StringValue { Text: var whole }
            ? new ListValue([.. whole.Split(delimiter).Select(part => (Value)part)])
            : Fail(scope, $"the string to split must be a string, not {text.TypeName}.");
    }

    private static Function Create(FunctionCall call) => call.Node is YamlSequence && call.Items() is [var delimiter, var text]
        ? new FnSplit(call, delimiter, text)
        : call.Invalid("the arguments must be a list [delimiter, string].");
}
