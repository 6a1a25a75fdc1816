using System.Text;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>digest: [algorithm, value]</c>: the hexadecimal digest of a string's Latin-1 bytes.</summary>
public sealed class Digest(FunctionCall call) : Function(call)
{
    private readonly Expression _arguments = call.Argument;

    public static FunctionDefinition Definition { get; } = new("digest", HotVersion.V20150430, call => new Digest(call));

    public override Value? Evaluate(IScope scope)
    {
        if (_arguments.Resolve(scope) is not { } arguments)
            return null;
        if (arguments is not ListValue { Items: [StringValue { Text: var algorithm }, StringValue { Text: var text }] })
            return Fail(scope, "the arguments must be a list of two strings [algorithm, value].");
        if (text.Any(c => c > 0xff))
            return Fail(scope, "the value must have Latin-1 characters only.");
        var bytes = Encoding.Latin1.GetBytes(text);
        return DigestAlgorithms.Hash(algorithm, bytes) is { } hash
            ? Convert.ToHexStringLower(hash)
            : Fail(scope, $"the algorithm '{algorithm}' is not known.", $"Use one of {string.Join(", ", DigestAlgorithms.Names)}.");
    }
}
