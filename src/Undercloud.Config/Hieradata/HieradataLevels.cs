using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Config;

/// <summary>The parameters that hold hieradata, and their keys by Puppet's precedence: the role's before those for all roles.</summary>
public static class HieradataLevels
{
    private const string Suffix = "ExtraConfig";

    /// <summary>The role's own parameter, e.g. UndercloudExtraConfig.</summary>
    public static string OfRole(string role) => role + Suffix;

    /// <summary>The parameters for one role, the last one wins: ExtraConfig, the former spelling undercloudExtraConfig, UndercloudExtraConfig.</summary>
    public static ImmutableArray<string> For(string role) =>
        role.Length == 0 || char.IsLower(role[0])
            ? [Suffix, OfRole(role)]
            : [Suffix, OfRole(char.ToLowerInvariant(role[0]) + role[1..]), OfRole(role)];

    /// <summary>An error for each of a role's parameters that is no map of hieradata.</summary>
    public static IEnumerable<Diagnostic> NotMaps(HeatEnvironment environment, string role) =>
        from level in For(role)
        let value = environment.ParameterDefaults[level]
        where value is not (null or NullValue or MapValue)
        select new Diagnostic(
            Severity.Error, HieradataCodes.NoMap, $"{level} must be a map of hieradata, not {value.TypeName}.", environment.Location(level),
            "Write each key of hieradata with its value below it.");

    /// <summary>
    /// Every key once, from the parameter with the highest precedence; hieradata is looked up, not merged (source: the hierarchy of
    /// tripleo-heat-templates, role_extraconfig before extraconfig).
    /// </summary>
    /// <param name="defaults">The merged parameter_defaults.</param>
    /// <param name="role">The role's name.</param>
    /// <param name="files">The environment files in their order, for the places of keys.</param>
    /// <param name="file">The file of hieradata_override, which precedes all others.</param>
    public static ImmutableArray<HieradataKey> Collect(MapValue defaults, string role, IEnumerable<(string Path, string Text)> files, HieradataFile? file)
    {
        ImmutableArray<string> levels = [.. For(role).Where(level => defaults[level] is MapValue { Count: > 0 })];
        if (levels.IsEmpty)
            return [];
        var places = new Dictionary<(string Level, string Key), SourceSpan>();
        if (file is { IsEnvironment: false })
            Note(OfRole(role), file.Keys);
        foreach (var root in files.Select(f => YamlReader.Read(f.Text, f.Path, new DiagnosticBag())).Prepend(file is { IsEnvironment: true } ? file.Keys : null))
        {
            foreach (var level in levels)
                Note(level, ((root as YamlMapping)?["parameter_defaults"] as YamlMapping)?[level]);
        }

        var keys = new Dictionary<string, HieradataKey>(StringComparer.Ordinal);
        foreach (var level in levels)
        {
            foreach (var (key, value) in ((MapValue)defaults[level]!).Entries)
                keys[key] = new(key, value, places.TryGetValue((level, key), out var place) ? place : null);
        }

        return [.. keys.Values];

        void Note(string level, YamlNode? node)
        {
            foreach (var entry in (node as YamlMapping)?.Entries ?? [])
                places[(level, entry.Key)] = entry.KeySpan;
        }
    }
}
