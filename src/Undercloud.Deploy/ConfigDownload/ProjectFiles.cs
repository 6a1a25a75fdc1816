using System.Collections.Immutable;
using System.Text;
using Undercloud.Deploy.Ansible;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// The files so far. Parts of their paths are names from templates, so each part must be a plain file name; a file that is added again
/// replaces the first, like a file that is written again.
/// </summary>
internal sealed class ProjectFiles(DiagnosticBag diagnostics)
{
    private const int LongestName = 200;

    // The depth limit of our own reader; PyYAML's is not much higher.
    private const int DepthLimit = YamlReader.DepthLimit;

    // Characters; a whole project of a stack has some millions. Values share their parts, so a small graph can expand to any size.
    private const long SizeLimit = 100_000_000;

    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private long _size;

    /// <summary>Adds a value as YAML with sorted keys, as PyYAML's safe_dump has them: Ansible loops over maps in the file's order.</summary>
    public void AddYaml(Value value, params ReadOnlySpan<string> path)
    {
        if (Accepts(path) && Fits(value))
            _files[string.Join('/', path)] = YamlWriter.Write(Sorted(value));
    }

    /// <summary>Adds a map as YAML whose own entries keep their order.</summary>
    public void AddOrderedYaml(MapValue map, params ReadOnlySpan<string> path)
    {
        if (Accepts(path) && Fits(map))
            _files[string.Join('/', path)] = YamlWriter.Write(new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))));
    }

    public void AddText(string text, params ReadOnlySpan<string> path)
    {
        if (Accepts(path) && Fits(text))
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

    private bool Accepts(ReadOnlySpan<string> path)
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

        return true;
    }

    private bool Fits(Value value)
    {
        if (_size > SizeLimit)
            return false;
        if (!Measure(value, 1))
            Fail($"The project has data that is nested more than {DepthLimit} deep.", "Look for an output that contains itself.");
        else if (_size > SizeLimit)
            Fail("The project would be larger than 100 megabytes.", "Look for an output that repeats itself.");
        else
            return true;
        _size = SizeLimit + 1;
        return false;
    }

    // An estimate of the characters in a value's text, including each line's indentation. False when the value is too deep; stops when it is too large.
    private bool Measure(Value value, int depth)
    {
        if (depth > DepthLimit)
            return false;
        _size += 2 * depth;
        switch (value)
        {
            case StringValue { Text: var text }:
                _size += text.Length + ((long)text.AsSpan().Count('\n') * 2 * depth);
                break;
            case ListValue list:
                foreach (var item in list.Items)
                {
                    if (_size <= SizeLimit && !Measure(item, depth + 1))
                        return false;
                }

                break;
            case MapValue map:
                foreach (var (key, item) in map.Entries)
                {
                    _size += key.Length;
                    if (_size <= SizeLimit && !Measure(item, depth + 1))
                        return false;
                }

                break;
        }

        return true;
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
