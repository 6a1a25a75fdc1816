using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>get_file: path</c>: the content of a file, its path relative to the calling template.</summary>
public sealed class GetFile(FunctionCall call) : Function(call)
{
    private readonly Expression _path = call.Argument;

    public static FunctionDefinition Definition { get; } = new("get_file", HotVersion.V20130523, call => new GetFile(call));

    public override Value? Evaluate(IScope scope) => _path.Resolve(scope) switch
    {
        null => null,
        StringValue path => scope.File(path.Text, this),
        _ => Fail(scope, "the argument must be a path."),
    };
}
