using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Images;

/// <summary>
/// Where the tool's images come from: built on this host, or pulled from registries as ContainerImagePrepare says. A pulled image gets the name of the
/// built one, so that a plan has the same names either way; its id tells which image it is.
/// </summary>
public sealed class ImageSources
{
    private const string Prepare = "ContainerImagePrepare", Credentials = "ContainerImageRegistryCredentials", Login = "ContainerImageRegistryLogin";
    private const string Insecure = "DockerInsecureRegistryAddress", Mirror = "DockerRegistryMirror";
    private readonly ImmutableArray<PrepareEntry> _entries;

    private ImageSources(ImmutableArray<PrepareEntry> entries, RegistryAccess access) => (_entries, Access) = (entries, access);

    /// <summary>Every image is built.</summary>
    public static ImageSources None { get; } = new([], new());

    /// <summary>The parameters that this reads: no template declares them.</summary>
    public static ImmutableArray<string> Parameters { get; } = [Prepare, Credentials, Login, Insecure, Mirror];

    /// <summary>How registries are reached.</summary>
    public RegistryAccess Access { get; }

    /// <summary>The texts that must not be shown.</summary>
    public IEnumerable<string> Secrets => Access.Logins.Values.Select(login => login.Password.Reveal());

    /// <summary>Reads the parameters of an environment.</summary>
    /// <param name="environment">All of it, merged.</param>
    /// <param name="textOf">The text of an environment file, for places; null for an unknown one.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static ImageSources Of(HeatEnvironment environment, Func<string, string?> textOf, DiagnosticBag diagnostics)
    {
        var entries = PrepareReader.Read(Cursor(Prepare));
        Cursor(Login).Flag();
        return new(entries, new()
        {
            Insecure = [.. Registries(Cursor(Insecure))],
            Mirror = Cursor(Mirror).OptionalText() is { Length: > 0 } mirror ? mirror : null,
            Logins = Logins(Cursor(Credentials)),
        });

        ValueCursor Cursor(string parameter) => new(
            environment.ParameterDefaults[parameter] ?? Value.Null, parameter,
            Node(environment, parameter, textOf) is { } node
                ? new TreeFindings(diagnostics, ImageSourceCodes.WrongValue, node) { UnknownKey = ImageSourceCodes.UnknownKey }
                : new TreeFindings(diagnostics, ImageSourceCodes.WrongValue, (_, _) => environment.Location(parameter)) { UnknownKey = ImageSourceCodes.UnknownKey });
    }

    /// <summary>The origin of an image: that of the last entry that says anything about it; null for an image that is built and pushed nowhere.</summary>
    /// <param name="image">Its full name on this host.</param>
    public ImageOrigin? Of(string image) =>
        ImageDefinition.Parts(image) is ({ } name, { } release) && _entries.LastOrDefault(entry => entry is { Namespace: not null } or { PushDestination: not null } && entry.Matches(name)) is { } entry
            ? entry.Of(name, release)
            : null;

    /// <summary>The images of a host without those that are here, but not from their registry: they are still to be pulled.</summary>
    /// <param name="ids">Full names to ids.</param>
    public IReadOnlyDictionary<string, string> Present(IReadOnlyDictionary<string, string> ids) => _entries.IsEmpty
        ? ids
        : ids.Where(image => Of(image.Key)?.Source is not { } || IsFromSource(image.Key, ids)).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Whether an image is the one that was pulled from its source: the source's name is then a name of it as well.</summary>
    /// <param name="image">Its full name.</param>
    /// <param name="ids">Full names to ids.</param>
    public bool IsFromSource(string image, IReadOnlyDictionary<string, string> ids) =>
        Of(image) is { Source: { } source } origin && ids.GetValueOrDefault(image) is { } id
        && (origin.TagFromLabel is null ? ids.GetValueOrDefault($"{source}") == id : ids.Any(other => other.Value == id && other.Key.StartsWith($"{source.Repository}:", StringComparison.Ordinal)));

    /// <summary>Whether an image is to be pushed and was not: what was pushed has the destination's name as well.</summary>
    public bool IsUnpushed(string image, IReadOnlyDictionary<string, string> ids) =>
        Of(image)?.Destination is { } destination && ids.GetValueOrDefault(image) is { } id && ids.GetValueOrDefault($"{destination}") != id;

    private static YamlNode? Node(HeatEnvironment environment, string parameter, Func<string, string?> textOf) =>
        environment.Location(parameter) is { } place && textOf(place.Path) is { } text && YamlReader.Read(text, place.Path, new()) is YamlMapping root
            ? root.Entries.Select(section => section.Value).OfType<YamlMapping>().SelectMany(section => section.Entries).Where(entry => entry.KeySpan == place).Select(entry => entry.Value).FirstOrDefault()
            : null;

    // A list, or its items with commas between them.
    private static IEnumerable<string> Registries(ValueCursor list) => list.Value is StringValue text
        ? text.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : list.Texts();

    // {registry: {user: password}}; of several users of a registry the first counts (source: tripleo_common/image/image_uploader.py).
    private static ImmutableSortedDictionary<string, RegistryLogin> Logins(ValueCursor registries)
    {
        var logins = ImmutableSortedDictionary.CreateBuilder<string, RegistryLogin>(StringComparer.Ordinal);
        foreach (var (registry, users) in registries.Entries())
        {
            if (users.Value is MapValue { Keys: var names } && names.FirstOrDefault() is { } user)
                logins[registry] = new(user, new Secret(users[user].Text()));
            else
                users.Error($"{Credentials} has no user of {registry}.", "Write a map: {USER: PASSWORD}.");
        }

        return logins.ToImmutable();
    }
}
