using System.Net;
using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Images;

/// <summary>An image in a registry.</summary>
/// <param name="Registry">The registry, host or host:port.</param>
/// <param name="Path">The image's path in the registry, e.g. undercloud/keystone.</param>
/// <param name="Tag">The tag.</param>
public sealed partial record ImageReference(string Registry, string Path, string Tag)
{
    /// <summary>The registry whose images are known without naming it, and which a mirror stands for.</summary>
    public const string PublicRegistry = "docker.io";

    /// <summary>Registry and path.</summary>
    public string Repository => $"{Registry}/{Path}";

    /// <summary>The full name.</summary>
    public override string ToString() => $"{Repository}:{Tag}";

    /// <summary>What is wrong with a registry and its namespace, such as registry.example.org:5000/zed; null for a good one.</summary>
    public static string? ProblemOfNamespace(string text)
    {
        var host = text.Split('/')[0];
        return text.Contains("://", StringComparison.Ordinal) ? "is a URL"
            : !host.Contains('.') && !host.Contains(':') && host != "localhost" ? "does not begin with a registry"
            : !Namespace().IsMatch(text) ? "is no registry with a namespace of lower-case letters, digits, hyphens, underscores and dots"
            : null;
    }

    /// <summary>What is wrong with a tag; null for a good one.</summary>
    public static string? ProblemOfTag(string text) => TagPattern().IsMatch(text) ? null : "is no tag: letters, digits, underscores, dots and hyphens, at most 128";

    /// <summary>What is wrong with the beginning or the end of an image's name; null for a good one.</summary>
    public static string? ProblemOfNamePart(string text) => NamePart().IsMatch(text) ? null : "has other characters than lower-case letters, digits, hyphens, underscores and dots";

    /// <summary>The reference of an image below a registry and a namespace.</summary>
    /// <param name="place">Registry and namespace, a good one.</param>
    /// <param name="name">The image's name.</param>
    /// <param name="tag">The tag.</param>
    public static ImageReference Below(string place, string name, string tag)
    {
        var slash = place.IndexOf('/');
        return slash < 0 ? new(place, name, tag) : new(place[..slash], $"{place[(slash + 1)..]}/{name}", tag);
    }

    /// <summary>Whether the registry is one of these: host or host:port, or an address in a network.</summary>
    public bool IsIn(IEnumerable<string> registries) => registries.Any(one =>
        one == Registry || (IPNetwork.TryParse(one, out var network) && IPEndPoint.TryParse(Registry, out var end) && network.Contains(end.Address)));

    [GeneratedRegex(@"^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$")]
    private static partial Regex Namespace();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$")]
    private static partial Regex TagPattern();

    [GeneratedRegex("^[a-z0-9._-]*$")]
    private static partial Regex NamePart();
}
