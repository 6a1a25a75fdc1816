using System.Collections.Immutable;
using System.Text;
using Undercloud.Deploy.Ansible;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// The files so far. Parts of their paths are names from templates, so each part is checked to be a plain file name; a file added again
/// replaces the first, as one written again does.
/// </summary>
internal sealed class ProjectFiles(DiagnosticBag diagnostics)
{
    private const int LongestName = 200;

    // A stack's whole project has a weight of some hundred thousand; values share their parts, so a small graph can ask for any size.
    private const long WeightLimit = 20_000_000;

    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private long _weight;

    /// <summary>Adds a value as YAML with sorted keys, as PyYAML's safe_dump has them: Ansible loops over maps in the file's order.</summary>
    public void AddYaml(Value value, params ReadOnlySpan<string> path)
    {
        if (Accepts(path, value.Weight))
            _files[string.Join('/', path)] = YamlWriter.Write(Sorted(value));
    }

    /// <summary>Adds a map as YAML whose own entries keep their order.</summary>
    public void AddOrderedYaml(MapValue map, params ReadOnlySpan<string> path)
    {
        if (Accepts(path, map.Weight))
            _files[string.Join('/', path)] = YamlWriter.Write(new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))));
    }

    public void AddText(string text, params ReadOnlySpan<string> path)
    {
        if (Accepts(path, text.Length / 16))
            _files[string.Join('/', path)] = text;
    }

    /// <summary>All files in the order of their paths.</summary>
    public ImmutableArray<ProjectFile> All()
    {
        foreach (var path in _files.Keys)
        {
            for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                if (_files.ContainsKey(path[..slash]))
                    Fail($"{path[..slash]} would be a file and a directory at once.", "Rename the role or the RoleConfig entry of that name.");
            }
        }

        return [.. _files.Select(file => new ProjectFile(file.Key, file.Value, Private: true))];
    }

    private bool Accepts(ReadOnlySpan<string> path, long weight)
    {
        foreach (var name in path)
        {
            if (name.Length == 0 || name is "." or ".." || name.Any(c => c is '/' or '\0') || Encoding.UTF8.GetByteCount(name) > LongestName)
            {
                Fail(
                    $"'{Shortened(name)}' names a file or directory of the project, and is no file name.",
                    "Roles, hosts, RoleConfig entries and deployments become files: use names without '/', of at most 200 bytes.");
                return false;
            }
        }

        var before = _weight;
        _weight = long.Min(_weight + weight, long.MaxValue / 4);
        if (_weight <= WeightLimit)
            return true;
        if (before <= WeightLimit)
            Fail("The project would be larger than some hundred megabytes.", "Look for an output that repeats itself.");
        return false;
    }

    private void Fail(string message, string remedy) => diagnostics.Error(null, "DOWNLOAD002", message, remedy);

    private static string Shortened(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    private static Value Sorted(Value value) => value switch
    {
        MapValue map => new MapValue(map.Entries
            .Sort((left, right) => CodePointOrder.Compare(left.Key, right.Key))
            .Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        ListValue list => new ListValue([.. list.Items.Select(Sorted)]),
        _ => value,
    };
}
