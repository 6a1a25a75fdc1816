using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>Ref: name</c>: a resource's reference or else a parameter's value, in the first version only.</summary>
public sealed class Ref : Function
{
    private readonly string _name;

    private Ref(FunctionCall call, string name)
        : base(call) => _name = name;

    public static FunctionDefinition Definition { get; } = new("Ref", HotVersion.V20130523, Create) { Until = HotVersion.V20130523 };

    public override Value? Evaluate(IScope scope) => scope.HasResource(_name) ? scope.Reference(_name, this) : scope.Parameter(_name, this);

    private static Function Create(FunctionCall call) => call.Node is Yaml.YamlScalar { Value: StringValue name }
        ? new Ref(call, name.Text)
        : call.Invalid("the argument must be the name of a resource or a parameter.");
}
