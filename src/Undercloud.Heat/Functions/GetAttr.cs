using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>get_attr: [resource, attribute, path, …]</c>: an attribute of a resource.</summary>
public sealed class GetAttr : Function
{
    private readonly Expression _resource;
    private readonly ImmutableArray<Expression> _path;

    private GetAttr(FunctionCall call, ImmutableArray<Expression> arguments)
        : base(call)
    {
        _resource = arguments[0];
        _path = arguments[1..];
    }

    public static FunctionDefinition Definition { get; } = new("get_attr", HotVersion.V20130523, Create);

    public override Value? Evaluate(IScope scope)
    {
        if (_resource.Resolve(scope) is not { } resource)
            return null;
        if (resource is not StringValue { Text: var name })
            return Fail(scope, "the resource's name must be a string.");
        if (_path.IsEmpty)
            return scope.Attribute(name, null, [], this);
        var path = ImmutableArray.CreateBuilder<Value>(_path.Length);
        foreach (var component in _path)
        {
            if (component.Resolve(scope) is not { } value)
                return null;
            path.Add(value);
        }

        if (path[0] is not StringValue { Text: var attribute })
            return path.Count == 1 && path[0] is NullValue
                ? scope.Attribute(name, null, [], this)
                : Fail(scope, "the attribute's name must be a string.");
        return scope.Attribute(name, attribute, path.ToImmutable()[1..], this);
    }

    protected override bool Check(IScope scope)
    {
        if (_resource.Resolve(scope) is not { } resource)
            return false;
        return (resource is StringValue { Text: var name } && scope.HasResource(name)) || Refuse(scope, $"there is no resource {resource}.");
    }

    private static Function Create(FunctionCall call)
    {
        // Heat: a string of one letter is equivalent to a list of one name.
        if (call.Version >= HotVersion.V20151015 && call.Node is Yaml.YamlScalar { Value: StringValue { Text.Length: 1 } letter })
            return new GetAttr(call, [new Literal(letter, call.Node.Span)]);
        var least = call.Version >= HotVersion.V20151015 ? 1 : 2;
        return call.Items() is { } items && items.Length >= least
            ? new GetAttr(call, items)
            : call.Invalid("the arguments must be a list [resource, attribute, path…].");
    }
}
