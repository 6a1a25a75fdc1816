using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Undercloud.Config;

namespace Undercloud.Deploy.Images;

/// <summary>The build of an image for one release: a definition with its files' contents, as shell steps and as one fingerprint.</summary>
public sealed record ImageRecipe(ImageDefinition Definition, OpenStackRelease Release, ImmutableArray<ReadOnlyMemory<byte>> Contents)
{
    // Raised when the same definition gives another image than before.
    private const string Format = "1";

    private const string NoRecommends = "-o APT::Install-Recommends=false";

    /// <summary>dpkg excludes files that nobody reads in a container; licences stay.</summary>
    public static ImmutableArray<string> PackageOptions { get; } =
    [
        "path-exclude=/usr/share/doc/*", "path-include=/usr/share/doc/*/copyright", "path-exclude=/usr/share/man/*",
        "path-exclude=/usr/share/info/*", "path-exclude=/usr/share/locale/*",
    ];

    public string Tag => ImageDefinition.Tag(Definition.Name, Release);

    /// <summary>The hash of everything that determines the image, except the parent and the archive: 16 hexadecimal digits.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Add($"{Format} {Definition.Name} {Definition.From} {Release.Suite}");
        Add(string.Join(' ', Definition.Command));
        if (Definition.From is null)
            Add(string.Join(' ', PackageOptions.AddRange(Definition.PackagesIn(Release))));
        foreach (var step in Steps())
            Add(step.Script);
        foreach (var (file, content) in Definition.Files.Zip(Contents))
        {
            Add($"{file.Path} {file.Mode} {content.Length}");
            hash.AppendData(content.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>The steps that run in the image after its files are copied, in order; empty for the root image, which is bootstrapped as a whole.</summary>
    public ImmutableArray<ImageStep> Steps()
    {
        if (Definition.From is null)
            return [];
        var steps = ImmutableArray.CreateBuilder<ImageStep>();
        if (Definition.ServiceUsers)
        {
            steps.Add(new("creating the service users", string.Join('\n', ServiceUser.All.Select(user =>
                $"groupadd -g {user.Id} {user.Name} && useradd -u {user.Id} -g {user.Id} -d {user.Home} -M -s /usr/sbin/nologin {user.Name}"))));
        }

        if (PackageNames is { Length: > 0 } names)
            steps.Add(new("installing packages", $"apt-get install -y -q {NoRecommends} {AptCaches} {NoSync} {names}"));
        steps.AddRange(Definition.RunIn(Release).Select(command => new ImageStep(command, command)));
        steps.Add(new("cleaning up", "rm -rf /var/log/apt /var/log/dpkg.log /var/log/bootstrap.log /var/log/alternatives.log /tmp/* /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow-"));
        return steps.ToImmutable();
    }

    /// <summary>Prints what apt would install now, for <see cref="ResolvedPackages.Read"/>. For the root image it prints what apt would upgrade.</summary>
    public string ResolveScript() => Definition.From is null
        ? $"apt-get dist-upgrade -s -q {NoRecommends}"
        : PackageNames is { Length: > 0 } names ? $"apt-get install -s -q {NoRecommends} {AptCaches} {names}" : "true";

    // Without these a layer carries 77 MB of apt's binary caches.
    private static string AptCaches => "-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=";

    // An interrupted build is discarded, so nothing in it has to be synced to disk.
    private static string NoSync => "-o Dpkg::Options::=--force-unsafe-io";

    private string PackageNames => string.Join(' ', Definition.PackagesIn(Release));
}

/// <summary>A shell script of an image's build.</summary>
/// <param name="Doing">What it does, for the progress view, e.g. "installing packages".</param>
/// <param name="Script">For <c>sh -e</c>.</param>
public sealed record ImageStep(string Doing, string Script);
