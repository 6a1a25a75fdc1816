using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>get_resource: name</c>: the reference of a resource.</summary>
public sealed class GetResource(FunctionCall call) : Function(call)
{
    private readonly Expression _name = call.Argument;

    public static FunctionDefinition Definition { get; } = new("get_resource", HotVersion.V20130523, call => new GetResource(call));

    public override Value? Evaluate(IScope scope) => _name.Resolve(scope) switch
    {
        null => null,
        StringValue name => scope.Reference(name.Text, this),
        _ => Fail(scope, "the argument must be a resource's name."),
    };
}
