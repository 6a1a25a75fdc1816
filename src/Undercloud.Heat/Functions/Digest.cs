using System.Security.Cryptography;
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
        return Hash(algorithm, bytes) is { } hash
            ? Convert.ToHexStringLower(hash)
            : Fail(scope, $"the algorithm '{algorithm}' is not known.", "Use one of md5, sha1, sha256, sha384, sha512.");
    }

#pragma warning disable CA5350, CA5351 // The template asks for the algorithm; nothing here relies on its strength.
    private static byte[]? Hash(string algorithm, byte[] bytes) => algorithm switch
    {
        "md5" => MD5.HashData(bytes),
        "sha1" => SHA1.HashData(bytes),
        "sha256" => SHA256.HashData(bytes),
        "sha384" => SHA384.HashData(bytes),
        "sha512" => SHA512.HashData(bytes),
        _ => null,
    };
#pragma warning restore CA5350, CA5351
}
