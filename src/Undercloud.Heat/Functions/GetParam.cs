using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>get_param: name</c> or <c>get_param: [name, path, …]</c>: a parameter's value or a part of it.</summary>
public sealed class GetParam(FunctionCall call) : Function(call)
{
    private readonly Expression _argument = call.Argument;

    public static FunctionDefinition Definition { get; } =
        new("get_param", Templates.HotVersion.V20130523, call => new GetParam(call)) { SinceInConditions = Templates.HotVersion.Newton };

    public override Value? Evaluate(IScope scope)
    {
        switch (_argument.Resolve(scope))
        {
            case null:
                return null;
            case StringValue { Text.Length: > 0 } name:
                return scope.Parameter(name.Text, this);
            case ListValue { Items: [StringValue name, .. var path] }:
                return scope.Parameter(name.Text, this) is { } value ? AttributePath.InParameter(value, path) : null;
            default:
                return Fail(scope, "the argument must be a parameter's name, or a list of it and a path into its value.");
        }
    }
}
