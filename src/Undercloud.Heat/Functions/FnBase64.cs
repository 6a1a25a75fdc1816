using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>Fn::Base64: string</c>: the string unchanged; Heat takes user data in plain text.</summary>
public sealed class FnBase64(FunctionCall call) : Function(call)
{
    private readonly Expression _argument = call.Argument;

    public static FunctionDefinition Definition { get; } =
        new("Fn::Base64", HotVersion.V20130523, call => new FnBase64(call)) { Until = HotVersion.V20130523 };

    public override Value? Evaluate(IScope scope) => _argument.Resolve(scope) switch
    {
        null => null,
        StringValue text => text,
        var value => Fail(scope, $"the argument must be a string, not {value.TypeName}."),
    };
}
