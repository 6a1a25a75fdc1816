using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Images;

/// <summary>Reads ContainerImagePrepare (source of the keys: tripleo_common/image/kolla_builder.py). Every error is reported.</summary>
internal static class PrepareReader
{
    private const string Modify = "modify_";
    private static readonly string[] s_keys =
    [
        "set", "tag_from_label", "push_destination", "excludes", "includes",
        "modify_role", "modify_vars", "modify_only_with_labels", "modify_only_with_source", "modify_append_tag",
    ];

    private static readonly string[] s_setKeys = ["namespace", "name_prefix", "name_suffix", "tag"];

    // Keys for parts of TripleO that the tool does not have.
    private static readonly string[] s_foreign = ["ceph", "neutron_driver", "rhel_containers", "name_prefix_stein", "name_suffix_stein", "namespace_stein", "tag_stein"];

    private static readonly string[] s_withoutEffect = ["pull_source", "multi_arch"];

    /// <summary>The entries of the list, in their order.</summary>
    public static ImmutableArray<PrepareEntry> Read(ValueCursor list) => [.. list.Items().Select(Entry)];

    private static PrepareEntry Entry(ValueCursor entry)
    {
        entry.Map();
        entry.OnlyKeys([.. s_keys, .. s_withoutEffect], "an entry of ContainerImagePrepare");
        foreach (var (key, item) in entry.Entries())
        {
            if (key.StartsWith(Modify, StringComparison.Ordinal) && !item.IsNull)
                item.Error($"{item.Where}: images are not modified when they are pulled.", "Build the changed image (images/NAME.yaml, or `podman build` on top of the tool's image), push it to a registry, and name the registry in `set`.");
            else if (s_withoutEffect.Contains(key) && item.Value is not (NullValue or BooleanValue { Flag: false }))
                item.Warning(ImageSourceCodes.WithoutEffect, $"{item.Where} has no effect.", "Take it out.");
        }

        var set = entry["set"];
        foreach (var (key, item) in set.Entries().Where(item => s_foreign.Any(known => item.Key.StartsWith(known, StringComparison.Ordinal))))
            item.Warning(ImageSourceCodes.WithoutEffect, $"{item.Where} has no effect: the tool has no image that it is about.", "Take it out.");
        if (set.Value is MapValue map)
            set.OnlyKeys([.. s_setKeys, .. map.Keys.Where(key => s_foreign.Any(known => key.StartsWith(known, StringComparison.Ordinal)))], "set");
        var read = new PrepareEntry
        {
            Namespace = Place(set["namespace"]),
            NamePrefix = set["name_prefix"].Checked(ImageReference.ProblemOfNamePart, "Write e.g. undercloud-.") ?? "",
            NameSuffix = set["name_suffix"].Checked(ImageReference.ProblemOfNamePart, "Write e.g. -zed.") ?? "",
            Tag = set["tag"].Checked(ImageReference.ProblemOfTag, "Write e.g. zed."),
            TagFromLabel = entry["tag_from_label"].OptionalText() is { Length: > 0 } label ? label : null,
            PushDestination = Destination(entry["push_destination"]),
            Includes = Patterns(entry["includes"]),
            Excludes = Patterns(entry["excludes"]),
        };
        Check(entry, read);
        return read;
    }

    private static void Check(ValueCursor entry, PrepareEntry read)
    {
        if (read is { Namespace: null, PushDestination: null } && entry.Value is MapValue && entry["set"]["namespace"].IsNull)
            entry.Warning(ImageSourceCodes.WithoutEffect, $"{entry.Where} names no registry: its images are built on this host.", "Name the registry in `set`: namespace: registry.example.org:5000/undercloud.");
        if (read is { Tag: not null, TagFromLabel: not null })
            entry["tag_from_label"].Warning(ImageSourceCodes.WithoutEffect, $"{entry["tag_from_label"].Where} has no effect, since `set` has a tag.", "Take one of the two out.");
        if (!read.Includes.IsEmpty && !read.Excludes.IsEmpty)
            entry["excludes"].Warning(ImageSourceCodes.WithoutEffect, $"{entry["excludes"].Where} has no effect beside includes.", "Take one of the two out.");
    }

    private static string? Place(ValueCursor place) =>
        place.Checked(ImageReference.ProblemOfNamespace, "Write registry and namespace, e.g. registry.example.org:5000/undercloud.");

    private static string? Destination(ValueCursor destination)
    {
        if (destination.Value is not BooleanValue flag)
            return Place(destination);
        if (flag.Flag)
        {
            destination.Warning(
                ImageSourceCodes.WithoutEffect, $"{destination.Where} has no effect: this undercloud has no registry. The tool copies images to the other nodes itself.",
                "Take it out, or write the address of a registry, e.g. registry.example.org:5000.");
        }

        return null;
    }

    private static ImmutableArray<Regex> Patterns(ValueCursor list)
    {
        var patterns = ImmutableArray.CreateBuilder<Regex>();
        foreach (var item in list.OneOrMore())
        {
            try
            {
                patterns.Add(new(item.Text(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
            }
            catch (ArgumentException)
            {
                item.Fail("is no regular expression", "Write part of an image's name, e.g. neutron, or ^nova$ for one image.");
            }
        }

        return patterns.ToImmutable();
    }
}
