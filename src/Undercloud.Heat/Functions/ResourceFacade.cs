using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>resource_facade: metadata|deletion_policy|update_policy</c>: what is said about the resource this template stands for.</summary>
public sealed class ResourceFacade : Function
{
    private readonly string _aspect;

    private ResourceFacade(FunctionCall call, string aspect)
        : base(call) => _aspect = aspect;

    public static FunctionDefinition Definition { get; } = new("resource_facade", HotVersion.V20130523, Create);

    public override Value? Evaluate(IScope scope) => scope.Facade(_aspect, this);

    private static Function Create(FunctionCall call) =>
        call.Node is Yaml.YamlScalar { Value: StringValue { Text: "metadata" or "deletion_policy" or "update_policy" } aspect }
            ? new ResourceFacade(call, aspect.Text)
            : call.Invalid("the argument must be one of metadata, deletion_policy, update_policy.");
}
