using System.Security.Cryptography;
using System.Text;

namespace Undercloud.Heat.Stacks;

/// <summary>Names and ids that Heat generates at random; here they are derived from the place in the tree, so every run has the same.</summary>
internal static class StackIdentity
{
    private const string ShortAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>A stack's id, a UUID.</summary>
    public static string Id(string stackName) => new Guid(Hash(stackName).AsSpan(0, 16)).ToString();

    /// <summary>The name of a resource's nested stack: parent, resource, twelve characters of its own.</summary>
    public static string PhysicalName(string stackName, string resource) => $"{stackName}-{resource}-{ShortId(stackName, resource)}";

    /// <summary>Twelve characters for an object in a stack.</summary>
    public static string ShortId(string stackName, string thing) =>
        string.Concat(Hash($"{stackName}/{thing}").Take(12).Select(octet => ShortAlphabet[octet % ShortAlphabet.Length]));

    /// <summary>The reference of a nested stack.</summary>
    public static string Reference(string project, string stackName) => $"arn:openstack:heat::{project}:stacks/{stackName}/{Id(stackName)}";

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
