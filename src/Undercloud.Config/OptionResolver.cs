using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// Finds the effective value of every option of a table in a file: former names, repeated keys, references, types. Errors go to
/// the diagnostics and leave the option at its default.
/// </summary>
public sealed class OptionResolver
{
    private readonly OsloConfigFile _file;
    private readonly ImmutableArray<ConfigOption> _options;
    private readonly string _home;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<ConfigOption, Setting> _settings = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ConfigOption> _flat = new(StringComparer.Ordinal);
    private readonly HashSet<ConfigOption> _open = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ConfigOption> _failed = new(ReferenceEqualityComparer.Instance);

    private OptionResolver(OsloConfigFile file, ImmutableArray<ConfigOption> options, string home, DiagnosticBag diagnostics) =>
        (_file, _options, _home, _diagnostics) = (file, options, home, diagnostics);

    /// <summary>One setting for each option, in the table's order, and the options whose values in the file are wrong.</summary>
    /// <param name="home">An absolute path.</param>
    public static (ImmutableArray<Setting> Settings, ImmutableArray<ConfigOption> Failed) Resolve(
        OsloConfigFile file, ImmutableArray<ConfigOption> options, string home, DiagnosticBag diagnostics)
    {
        var resolver = new OptionResolver(file, options, home, diagnostics);
        ImmutableArray<Setting> settings = [.. options.Select(resolver.Resolve)];
        return (settings, [.. options.Where(resolver._failed.Contains)]);
    }

    private Setting Resolve(ConfigOption option)
    {
        if (_settings.TryGetValue(option, out var known))
            return known;
        _open.Add(option);
        var setting = FromFile(option) ?? new Setting(option, Absolute(option, option.Default));
        _open.Remove(option);
        return _settings[option] = setting;
    }

    private Setting? FromFile(ConfigOption option)
    {
        var entry = Find(option);
        if (entry is null)
            return null;
        var text = Interpolation.Replace(entry.Text, name => Lookup(option, entry, name));
        if (text is null)
            TooLong(option, entry);
        if (text is null || _failed.Contains(option) || (option.EmptyIsUnset && PythonText.Strip(text).Length == 0))
            return null;
        var reading = option.Type.Read(text);
        if (reading.Value is { } value)
            return new(option, Absolute(option, value), entry.Location, IsNewName(option, entry) ? null : NameOf(option, entry));
        if (!_failed.Add(option) || IsFlatTarget(option))
            return null;
        var shown = option.IsSecret ? "a text" : OneLine.Quote(text);
        // An option that can have no effect has its finding; its value does not matter.
        if (option.Effect == OptionEffect.None)
            return null;
        var off = OptionSwitches.Of(option).FirstOrDefault(IsOff);
        _diagnostics.Add(new(off is null ? option.Wrong : Severity.Warning, ConfigCodes.WrongValue, $"{entry.Name} is {shown}, which {reading.Problem}.", entry.Location,
            (off is null ? "" : $"It has no effect, as {off.Name} is false. ") + $"Allowed: {option.Type.Allowed}.{Hint(option, entry.Text)}"));
        return null;
    }

    private bool IsOff(ConfigOption option) =>
        ByName(option.Group, option.Name) is { } known && !_open.Contains(known) && Resolve(known).Value is BooleanValue { Flag: false } && !_failed.Contains(known);

    private void TooLong(ConfigOption option, ConfigEntry entry)
    {
        if (_failed.Add(option) && !IsFlatTarget(option))
            _diagnostics.Error(entry.Location, ConfigCodes.Reference,
                $"The references in {entry.Name} make a text of more than {Interpolation.LongestResult} characters.",
                "Write the value itself in place of the references.");
    }

    // oslo.config: the last file that has the option by any name counts. In that file the present name overrides the former ones, whatever their
    // order; of one name the last assignment counts.
    private ConfigEntry? Find(ConfigOption option)
    {
        var isQuiet = IsFlatTarget(option);
        ConfigEntry? found = null;
        var named = NamesOf(option).Select(name => _file.All(name.Group, name.Name)).Where(entries => !entries.IsEmpty).ToArray();
        var layer = named.Length == 0 ? 0 : named.Max(entries => entries[^1].Layer);
        foreach (var all in named.Where(entries => entries[^1].Layer == layer))
        {
            ImmutableArray<ConfigEntry> entries = [.. all.Where(entry => entry.Layer == layer)];
            if (found is null)
                found = isQuiet ? entries[^1] : Last(option, entries);
            else if (!isQuiet)
                _diagnostics.Warning(entries[^1].Location, ConfigCodes.SetTwice,
                    $"{NameOf(option, entries[^1])} is an old name of {NewNameOf(option, entries[^1])}, which is set as {found.Name} "
                        + $"at line {found.Location.Line}; this value has no effect.",
                    "Take this line out.");
        }

        return found;
    }

    private ConfigEntry Last(ConfigOption option, ImmutableArray<ConfigEntry> entries)
    {
        var last = entries[^1];
        if (entries.Length > 1)
            _diagnostics.Warning(last.Location, ConfigCodes.SetTwice,
                $"{last.Name} is set at lines {string.Join(", ", entries.Select(entry => entry.Location.Line))}; the last one counts.",
                "Keep one of them.");
        if (!IsNewName(option, last))
            _diagnostics.Warning(last.Location, ConfigCodes.Deprecated,
                $"{NameOf(option, last)} is an old name of {NewNameOf(option, last)}.", $"Write {NewNameOf(option, last)} in its place.");
        return last;
    }

    /// <summary>Every name by which an option may be set, with its section; the one with the highest precedence first.</summary>
    public static IEnumerable<(string Group, string Name)> NamesOf(ConfigOption option) =>
        option.DeprecatedNames.Prepend(option.Name).Select(name => (option.Group, name))
            .Concat(option.FlatNames.Select(name => (OsloConfigFile.DefaultSection, name)));

    private static bool IsFlat(ConfigOption option, ConfigEntry entry) =>
        option.FlatNames.Contains(entry.Name) && !OsloConfigFile.IsSameSection(entry.Section, option.Group);

    private static bool IsNewName(ConfigOption option, ConfigEntry entry) => entry.Name == option.Name && !IsFlat(option, entry);

    // An option that moved to a section of its own may have kept its name.
    private static string NameOf(ConfigOption option, ConfigEntry entry) =>
        IsFlat(option, entry) ? $"{entry.Name} in [{entry.Section}]" : entry.Name;

    private static string NewNameOf(ConfigOption option, ConfigEntry entry) =>
        IsFlat(option, entry) ? $"{option.Name} in [{option.Group}]" : option.Name;

    // A reference is $name, looked up in the option's own section and then in [DEFAULT], or $section.name.
    private string Lookup(ConfigOption from, ConfigEntry entry, string reference)
    {
        var dot = reference.IndexOf('.');
        var target = dot < 0
            ? ByName(from.Group, reference) ?? ByName(OsloConfigFile.DefaultSection, reference) ?? ByFlatName(reference)
            : reference[..dot] == OsloConfigFile.DefaultSection ? null : ByName(reference[..dot], reference[(dot + 1)..]);
        if (target is null)
            return Broken(from, entry, $"${reference} in {entry.Name} refers to no option.", Remedy(reference));
        if (_open.Contains(target))
            return Broken(from, entry, $"${reference} in {entry.Name} refers back to {entry.Name}.",
                "Write the value itself in place of the reference.");
        var setting = Resolve(target);
        if (_failed.Contains(target))
            _failed.Add(from);
        return PythonText.Of(setting.Value);
    }

    private string Broken(ConfigOption from, ConfigEntry entry, string message, string remedy)
    {
        if (_failed.Add(from) && !IsFlatTarget(from))
            _diagnostics.Error(entry.Location, ConfigCodes.Reference, message, remedy);
        return "";
    }

    private string Remedy(string reference)
    {
        // oslo.config allows dots in a name, so $name.yaml is the option "yaml" of the group "name".
        var dot = reference.IndexOf('.');
        if (dot > 0 && ByName(OsloConfigFile.DefaultSection, reference[..dot]) is { } meant)
            return $"A name may have dots in it: write ${{{meant.Name}}}{reference[dot..]}.";
        var nearest = NearestName.Of(reference, UndercloudOptions.All.Select(option => option.Name));
        return (nearest is null ? "" : $"Did you mean ${nearest}? ") + "A dollar sign itself is written $$.";
    }

    private ConfigOption? ByName(string group, string name) =>
        _options.FirstOrDefault(option => option.Group == group && option.Name == name)
        ?? _options.FirstOrDefault(option => option.Group == group && option.DeprecatedNames.Contains(name));

    // oslo.config: a flat name refers to the option as if it were in [DEFAULT]; its own section is ignored.
    private ConfigOption? ByFlatName(string name)
    {
        if (_flat.TryGetValue(name, out var known))
            return known;
        var option = _options.FirstOrDefault(option => option.FlatNames.Contains(name));
        return option is null ? null : _flat[name] = option with
        {
            Name = option.FlatNames.Contains(option.Name) ? option.Name : option.FlatNames[0],
            Group = OsloConfigFile.DefaultSection,
            DeprecatedNames = option.FlatNames,
            FlatNames = [],
        };
    }

    // Findings about such an assignment are reported at the option itself.
    private bool IsFlatTarget(ConfigOption option) => _flat.Values.Any(target => ReferenceEquals(target, option));

    private static string Hint(ConfigOption option, string text)
    {
        if (option.Default is ListValue && option.Type != NetworkTypes.HostRoutes && text.StartsWith('['))
            return " A list is written without brackets and quotes.";
        if (text.Contains('\n'))
            return " An indented line belongs to the value above it.";
        var hasComment = text.Contains(" #", StringComparison.Ordinal) || text.Contains(" ;", StringComparison.Ordinal);
        return hasComment ? " A comment needs a line of its own." : "";
    }

    private Value Absolute(ConfigOption option, Value value) => (option.RelativeToHome, value) switch
    {
        (true, StringValue path) => Absolute(path.Text),
        (true, ListValue paths) => new ListValue([.. paths.Items.Select(path => (Value)Absolute(((StringValue)path).Text))]),
        _ => value,
    };

    // The shell's ~/ is expanded too: nobody means a directory of that name.
    private string Absolute(string path)
    {
        if (Path.IsPathRooted(path))
            return path;
        var below = path == "~" ? "" : path.StartsWith("~/", StringComparison.Ordinal) ? path[2..] : path;
        while (below.StartsWith("./", StringComparison.Ordinal))
            below = below[2..].TrimStart('/');
        return below is "" or "." ? _home : Path.Join(_home, below);
    }
}
