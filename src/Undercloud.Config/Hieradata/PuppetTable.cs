using System.Collections.Frozen;

namespace Undercloud.Config;

/// <summary>Parameters of Puppet classes by name, and the options that they set.</summary>
internal static class PuppetTable
{
    private static readonly FrozenDictionary<string, ConfigTarget> s_targets = Read();

    /// <summary>The option that a class parameter sets, or null when the table does not have the parameter.</summary>
    public static ConfigTarget? Find(string parameter) => s_targets.GetValueOrDefault(parameter);

    // Lines are "[parameter file]", "class::parameter section/option" and "class::parameter option", with a trailing * for an option that may be set several times.
    private static FrozenDictionary<string, ConfigTarget> Read()
    {
        using var reader = new StreamReader(typeof(PuppetTable).Assembly.GetManifestResourceStream("puppet-parameters.txt")!);
        var targets = new Dictionary<string, ConfigTarget>(StringComparer.Ordinal);
        var (holder, file) = ("", "");
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var words = line.Trim('[', ']').Split(' ');
            if (line[0] == '[')
            {
                (holder, file) = (words[0], words[1]);
                continue;
            }

            var option = words[1].TrimEnd('*');
            var slash = option.IndexOf('/');
            targets.Add(words[0], new(holder, file, slash < 0 ? null : option[..slash], option[(slash + 1)..], words[1].EndsWith('*')));
        }

        return targets.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
