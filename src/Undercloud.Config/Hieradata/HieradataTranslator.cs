using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The state of a translation: the settings so far, later settings over earlier ones.</summary>
internal sealed class HieradataTranslator
{
    private readonly Dictionary<(string Parameter, string File, string? Section, string Option), Value> _options = [];
    private readonly List<TranslatedKey> _translated = [];
    private readonly List<UntranslatedKey> _untranslated = [];
    private readonly List<KeyValuePair<string, Value>> _parameters = [];

    public ImmutableArray<TranslatedKey> Translated => [.. _translated];

    public ImmutableArray<UntranslatedKey> Untranslated => [.. _untranslated];

    /// <summary>Parameter, file, section, option, value.</summary>
    public MapValue Overrides => new(_options.GroupBy(option => option.Key.Parameter).Select(parameter => KeyValuePair.Create(
        parameter.Key,
        (Value)new MapValue(parameter.GroupBy(option => option.Key.File).Select(file => KeyValuePair.Create(file.Key, (Value)FileOf(file)))))));

    /// <summary>Parameters of the templates with their values.</summary>
    public MapValue Parameters => new(_parameters);

    /// <summary>Translates a parameter of a class.</summary>
    public void Parameter(HieradataKey key)
    {
        if (key.Value is not NullValue && (TripleoFirewall(key) || TripleoHaproxy(key)))
            return;
        if ((PuppetTable.Find(key.Name) ?? PuppetModules.Common(key.Name)) is not { } target)
        {
            Leave(key, null);
            return;
        }

        // undef is a class's own default, as if the key were missing.
        if (key.Value is NullValue)
            return;
        var (value, problem) = HieradataTranslation.Convert(key.Value, target.IsMulti);
        if (target.Option == "memory-limit" && value is StringValue { Text: [.., '%'] })
            problem = "it is a share of the host's memory";
        if (problem is null && value is not null)
            Set(key, target, value);
        else if (target.Option == "default_log_levels" && key.Value is MapValue levels)
            Set(key, target, string.Join(',', levels.Entries.Select(level => $"{level.Key}={PythonText.Of(level.Value)}").Order(StringComparer.Ordinal)));
        else
            Leave(key, problem);
    }

    /// <summary>Translates a value that is a map of sections with their options.</summary>
    public void Sections(HieradataKey key, string parameter, string file)
    {
        SetSections(key, key.Value, parameter, file);
        if (key.Value is not MapValue map || map.Entries.Any(section => section.Value is not MapValue))
            Leave(key, "its value is no map of sections with options");
    }

    private void SetSections(HieradataKey key, Value sections, string parameter, string file)
    {
        foreach (var (section, options) in (sections as MapValue)?.Entries ?? [])
        {
            foreach (var (option, value) in (options as MapValue)?.Entries ?? [])
                SetOrLeave(key, new(parameter, file, section, option, IsMulti: true), value);
        }
    }

    /// <summary>Translates the class <c>config</c> of a module: section/option with a value, or to be absent.</summary>
    public void ConfigClass(HieradataKey key, string parameter, string file)
    {
        if (key.Value is not MapValue settings)
        {
            Leave(key, "its value is no map of section/option");
            return;
        }

        foreach (var (name, setting) in settings.Entries)
        {
            // A section's name may contain colons, but no slash.
            var slash = name.IndexOf('/');
            if (slash <= 0 || slash == name.Length - 1 || setting is not MapValue properties)
                Leave(key, $"'{name}' is not section/option with a map");
            else if (properties["ensure"] is StringValue { Text: "absent" })
                Set(key, new(parameter, file, name[..slash], name[(slash + 1)..], IsMulti: true), Value.Null);
            else if (properties["value"] is { } value)
                SetOrLeave(key, new(parameter, file, name[..slash], name[(slash + 1)..], IsMulti: true), value);
            else
                Leave(key, $"'{name}' has no value");
        }
    }

    private bool TripleoFirewall(HieradataKey key)
    {
        if (key.Name == "tripleo::firewall::firewall_rules")
        {
            var (rules, problems) = FirewallHieradata.Translate(key.Value);
            foreach (var problem in problems)
                Leave(key, problem);
            if (rules.Count > 0 || problems.IsEmpty)
                SetParameter(key, "ExtraFirewallRules", rules);
            return true;
        }

        if (key.Name != "tripleo::firewall::manage_firewall")
            return false;
        SetParameter(key, "ManageFirewall", key.Value);
        return true;
    }

    private bool TripleoHaproxy(HieradataKey key)
    {
        const string Class = "tripleo::haproxy::haproxy_";
        switch (key.Name.StartsWith(Class, StringComparison.Ordinal) ? key.Name[Class.Length..] : "")
        {
            case "stats_user":
                SetParameter(key, "HAProxyStatsUser", key.Value);
                return true;
            case "stats_password":
                SetParameter(key, "HAProxyStatsPassword", key.Value);
                return true;
            case "globals_override":
                Keywords(key, "global");
                return true;
            case "defaults_override":
                Keywords(key, "defaults");
                return true;
            case "default_timeout":
                Timeouts(key);
                return true;
            default:
                return false;
        }
    }

    private void Keywords(HieradataKey key, string section)
    {
        if (key.Value is not MapValue keywords)
            Leave(key, "its value is no map of keywords");
        else
            SetSections(key, new MapValue([new(section, keywords)]), "HAProxyConfigOverrides", "haproxy.cfg");
    }

    // Items are a timeout's name and its value: "client 2m".
    private void Timeouts(HieradataKey key)
    {
        foreach (var item in key.Value is ListValue list ? list.Items : [key.Value])
        {
            var words = (item as StringValue)?.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (words.Length == 2)
                SetOrLeave(key, new("HAProxyConfigOverrides", "haproxy.cfg", "defaults", $"timeout {words[0]}"), words[1]);
            else
                Leave(key, $"{item} is not a timeout's name and its value");
        }
    }

    private void SetParameter(HieradataKey key, string parameter, Value value)
    {
        if (value is StringValue text && text.Text.Contains("%{", StringComparison.Ordinal))
        {
            Leave(key, "it refers to other hieradata");
            return;
        }

        _parameters.Add(new(parameter, value));
        _translated.Add(new(key, new(parameter, "", null, "")));
    }

    private static MapValue FileOf(IEnumerable<KeyValuePair<(string Parameter, string File, string? Section, string Option), Value>> options) =>
        new(options.GroupBy(option => option.Key.Section).SelectMany(section => section.Key is null
            ? section.Select(option => KeyValuePair.Create(option.Key.Option, option.Value))
            : [KeyValuePair.Create(section.Key, (Value)new MapValue(section.Select(option => KeyValuePair.Create(option.Key.Option, option.Value))))]));

    private void SetOrLeave(HieradataKey key, ConfigTarget target, Value value)
    {
        var (converted, problem) = HieradataTranslation.Convert(value, target.IsMulti);
        if (converted is null)
            Leave(key, $"{target.Section}/{target.Option}: {problem}");
        else
            Set(key, target, converted);
    }

    private void Set(HieradataKey key, ConfigTarget target, Value value)
    {
        _options[(target.Parameter, target.File, target.Section, target.Option)] = value;
        _translated.Add(new(key, target));
    }

    private void Leave(HieradataKey key, string? reason) => _untranslated.Add(new(key, reason));
}
