using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>A translated key and the file of its option; a key that sets a parameter of the templates has no file.</summary>
public sealed record TranslatedKey(HieradataKey Key, ConfigTarget Target);

/// <summary>A key that sets nothing.</summary>
/// <param name="Key">The key.</param>
/// <param name="Reason">Why its value cannot be translated, or null when the key is unknown.</param>
public sealed record UntranslatedKey(HieradataKey Key, string? Reason);

/// <summary>Hieradata as options of services' configuration files.</summary>
/// <param name="Overrides">Parameter, file, section, option, value.</param>
/// <param name="Translated">Each key that sets an option, with it.</param>
/// <param name="Untranslated">Every other key.</param>
public sealed record HieradataTranslation(MapValue Overrides, ImmutableArray<TranslatedKey> Translated, ImmutableArray<UntranslatedKey> Untranslated)
{
    // Puppet's marker for the program's own default.
    private const string ServiceDefault = "<SERVICE DEFAULT>";

    // The values of these keys are sections and options already.
    private static readonly ImmutableArray<string> s_sections =
        ["mysql::server::override_options", "tripleo::profile::base::database::mysql::mysql_server_options"];

    public static HieradataTranslation None { get; } = new(MapValue.Empty, [], []);

    /// <summary>Parameters of the templates that keys set, with their values.</summary>
    public MapValue Parameters { get; init; } = MapValue.Empty;

    /// <summary>
    /// Translates keys, each of them once. Where a class parameter and <c>&lt;module&gt;::config</c> set the same option, the latter
    /// wins: it names the option itself.
    /// </summary>
    public static HieradataTranslation Of(ImmutableArray<HieradataKey> keys)
    {
        var work = new HieradataTranslator();
        foreach (var key in keys.Where(key => !IsWholeFile(key.Name)))
            work.Parameter(key);
        foreach (var key in keys.Where(key => s_sections.Contains(key.Name)))
            work.Sections(key, "MysqlConfigOverrides", "99-undercloud.cnf");
        foreach (var key in keys)
        {
            if (PuppetModules.ConfigFile(key.Name) is { } file)
                work.ConfigClass(key, file.Parameter, file.File);
        }

        return new(work.Overrides, work.Translated, [.. keys.SelectMany(key => work.Untranslated.Where(other => other.Key == key))]) { Parameters = work.Parameters };
    }

    /// <summary>A value in the form of an ini file, or why there is none.</summary>
    internal static (Value? Value, string? Problem) Convert(Value value, bool isMulti) => value switch
    {
        StringValue { Text: ServiceDefault } => (Value.Null, null),
        StringValue text when text.Text.Contains("%{", StringComparison.Ordinal) => (null, "it refers to other hieradata"),
        ListValue list when list.Items.Any(item => item is ListValue or MapValue) => (null, "its value is nested"),
        ListValue list when list.Items.Any(item => item is StringValue text && text.Text.Contains("%{", StringComparison.Ordinal)) => (null, "it refers to other hieradata"),
        ListValue list => (isMulti ? list : string.Join(',', list.Items.Where(item => item is not NullValue).Select(PythonText.Of)), null),
        MapValue => (null, "its value is a map"),
        _ => (value, null),
    };

    private static bool IsWholeFile(string key) => s_sections.Contains(key) || PuppetModules.ConfigFile(key) is not null;
}
