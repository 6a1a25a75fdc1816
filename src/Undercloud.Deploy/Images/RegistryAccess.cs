using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace Undercloud.Deploy.Images;

/// <summary>How registries are reached.</summary>
public sealed record RegistryAccess
{
    private const string WithoutTls = "http://";

    /// <summary>The registries without TLS, or with a certificate that is not checked: host, host:port or a network.</summary>
    public ImmutableArray<string> Insecure { get; init; } = [];

    /// <summary>The mirror of the public registry, host or URL; null for none.</summary>
    public string? Mirror { get; init; }

    /// <summary>The users, by registry.</summary>
    public ImmutableSortedDictionary<string, RegistryLogin> Logins { get; init; } = ImmutableSortedDictionary.Create<string, RegistryLogin>(StringComparer.Ordinal);

    /// <summary>Where an image is in fact pulled from: an image of the public registry from the mirror.</summary>
    public ImageReference Reached(ImageReference image) =>
        Mirror is { } mirror && image.Registry == ImageReference.PublicRegistry ? ImageReference.Below(MirrorPlace(mirror), image.Path, image.Tag) : image;

    /// <summary>Whether the registry's certificate is not checked, so that it may have no TLS.</summary>
    public bool IsInsecure(ImageReference reached) =>
        reached.IsIn(Insecure) || (Mirror is { } mirror && mirror.StartsWith(WithoutTls, StringComparison.Ordinal) && MirrorPlace(mirror).Split('/')[0] == reached.Registry);

    /// <summary>The text of an authentication file (containers-auth.json) with the registry's user; null for a registry without one. It is a secret.</summary>
    public string? AuthenticationFile(ImageReference reached) => Logins.GetValueOrDefault(reached.Registry) is not { } login
        ? null
        : new JsonObject
        {
            ["auths"] = new JsonObject
            {
                [reached.Registry] = new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password.Reveal()}")) },
            },
        }.ToJsonString();

    private static string MirrorPlace(string mirror)
    {
        var end = mirror.IndexOf("://", StringComparison.Ordinal);
        return (end < 0 ? mirror : mirror[(end + 3)..]).TrimEnd('/');
    }
}
