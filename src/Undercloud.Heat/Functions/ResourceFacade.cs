using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>resource_facade: metadata|deletion_policy|update_policy</c>: a field of the resource that this template implements.</summary>
public sealed class ResourceFacade : Function
{
    private static readonly ImmutableArray<string> s_aspects = ["metadata", "deletion_policy", "update_policy"];
    private static readonly ImmutableArray<string> s_cloudFormationAspects = ["Metadata", "DeletionPolicy", "UpdatePolicy"];
    private readonly Expression _aspect;

    private ResourceFacade(FunctionCall call, Expression aspect)
        : base(call) => _aspect = aspect;

    public static FunctionDefinition Definition { get; } = new("resource_facade", HotVersion.V20130523, Create);

    public static FunctionDefinition CloudFormationDefinition { get; } =
        new("Fn::ResourceFacade", HotVersion.V20130523, Create) { Until = HotVersion.V20130523 };

    private ImmutableArray<string> Aspects => Name == "resource_facade" ? s_aspects : s_cloudFormationAspects;

    public override Value? Evaluate(IScope scope) => _aspect.Resolve(scope) switch
    {
        null => null,
        StringValue { Text: var name } when Aspects.IndexOf(name) is >= 0 and var aspect => scope.Facade(s_aspects[aspect], this),
        var value => Fail(scope, $"the argument must be one of {string.Join(", ", Aspects)}, not {value}."),
    };

    // Heat evaluates the value here already.
    protected override bool Check(IScope scope) => _aspect.Resolve(scope) is { } value
        && ((value is StringValue { Text: var name } && Aspects.Contains(name)) || Refuse(scope, $"the argument must be one of {string.Join(", ", Aspects)}, not {value}."));

    private static Function Create(FunctionCall call) => call.Argument switch
    {
        Function computed => new ResourceFacade(call, computed),
        Literal { Value: StringValue } named => new ResourceFacade(call, named),
        _ => call.Invalid("the argument must be a string."),
    };
}
