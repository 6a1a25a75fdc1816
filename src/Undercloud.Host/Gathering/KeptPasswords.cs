using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;

namespace Undercloud.Host.Gathering;

/// <summary>
/// The passwords that a run begins with. On a host that has an undercloud, or the data of one, they must all be there: a password made
/// anew opens no database, no queue and nothing that was encrypted.
/// </summary>
/// <param name="config">undercloud.conf, which says where the files are and may set passwords itself.</param>
/// <param name="record">What earlier runs recorded.</param>
public sealed class KeptPasswords(UndercloudConfig config, SecretRecord record)
{
    private string File => Gatherer.PasswordsFile(config);

    private string Conf => Gatherer.PasswordsConf(config);

    private string Project => Path.Combine(Gatherer.ProjectDirectory(config), Gatherer.ProjectPasswords);

    /// <summary>What there is: of the passwords file, else of instack-undercloud's and of a project that was written before.</summary>
    /// <param name="installed">Whether the host has an undercloud or the data of one.</param>
    /// <param name="diagnostics">Gets what is wrong with the files, and which passwords are missing on such a host.</param>
    public MapValue Read(bool installed, DiagnosticBag diagnostics)
    {
        if (Directory.Exists(File) || Directory.Exists(Conf))
        {
            diagnostics.Error(new(Directory.Exists(File) ? File : Conf, 0, 0), PasswordCodes.NoFile, "This is a directory; the passwords are kept in a file of this name.",
                "Move it away. " + WayBack());
            return MapValue.Empty;
        }

        if (System.IO.File.Exists(File))
            return ReadFile(installed, diagnostics);
        var recorded = record.Passwords();
        if (recorded is not null)
        {
            diagnostics.Error(new(File, 0, 0), PasswordCodes.Lost,
                "The passwords file is not there, and this host has an undercloud, or the data of one, whose services know no other passwords than those in it.", WayBack());
            return MapValue.Empty;
        }

        var found = With(ReadProject(), System.IO.File.Exists(Conf) ? PasswordFiles.ReadConf(System.IO.File.ReadAllText(Conf), Conf, diagnostics) : MapValue.Empty);
        if (installed && found.Count == 0)
            diagnostics.Error(new(File, 0, 0), PasswordCodes.Lost, "The passwords file is not there, and this host has an undercloud, or the data of one, whose services know no other passwords.", WayBack());
        else if (installed)
            CheckComplete(found, null, System.IO.File.Exists(Conf) ? Conf : Project, diagnostics);
        return found;
    }

    /// <summary>Every password that any of the files or the records has, the readable ones: for masks.</summary>
    public IEnumerable<string> Texts()
    {
        var ignored = new DiagnosticBag();
        MapValue[] maps =
        [
            System.IO.File.Exists(File) ? Defaults(System.IO.File.ReadAllText(File), File, ignored) ?? MapValue.Empty : MapValue.Empty,
            System.IO.File.Exists(Conf) ? PasswordFiles.ReadConf(System.IO.File.ReadAllText(Conf), Conf, ignored) : MapValue.Empty,
            ReadProject(),
            record.Passwords() ?? MapValue.Empty,
            PasswordStore.Given(config),
        ];
        return maps.SelectMany(TextsOf).Concat(record.Texts());
    }

    private MapValue ReadFile(bool installed, DiagnosticBag diagnostics)
    {
        var text = System.IO.File.ReadAllText(File);
        if (Defaults(text, File, diagnostics) is not { } passwords)
        {
            diagnostics.Error(new(File, 0, 0), PasswordCodes.NoMap, "The passwords file has no map parameter_defaults.",
                WayBack() + " Without it every password would be made anew and the databases would no longer open.");
            return MapValue.Empty;
        }

        CheckTypes(text, diagnostics);
        if (installed)
            CheckComplete(passwords, record.Passwords(), File, diagnostics);
        return passwords;
    }

    // A service would start with the text of a list as its password, or the passwords would be made anew.
    private void CheckTypes(string text, DiagnosticBag diagnostics)
    {
        var kinds = PasswordTable.All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        foreach (var entry in ((YamlReader.Read(text, File, new()) as YamlMapping)?["parameter_defaults"] as YamlMapping)?.Entries ?? [])
        {
            if (kinds.TryGetValue(entry.Key, out var kind) && entry.Value is not YamlScalar { Value: NullValue } && (entry.Value is YamlSequence || entry.Value is YamlMapping != kind.IsMap))
                diagnostics.Error(entry.KeySpan, PasswordCodes.WrongType, $"{entry.Key} is of type {entry.Value.ToValue().TypeName} where a {(kind.IsMap ? "map" : "text")} belongs.", record.Passwords() is null ? "Write it as one value. On a host without an undercloud the line may be left out." : WayBack());
        }
    }

    // A file that was cut off at the end of a line is valid, and has fewer. A newer tool has passwords that no run has recorded: these are new.
    private void CheckComplete(MapValue passwords, MapValue? recorded, string file, DiagnosticBag diagnostics)
    {
        var given = PasswordStore.Given(config);
        var missing = PasswordTable.All.Select(kind => kind.Name)
            .Where(name => passwords[name] is null or NullValue && given[name] is null or NullValue && (recorded is null || recorded[name] is not (null or NullValue)))
            .ToList();
        if (missing.Count == 0)
            return;
        diagnostics.Error(new(file, 0, 0), PasswordCodes.Incomplete,
            $"The file lacks {missing.Count} of the passwords that this host's services have: {string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? ", ..." : "")}. It may have been cut off.", WayBack());
    }

    private MapValue ReadProject() => System.IO.File.Exists(Project) ? Defaults(System.IO.File.ReadAllText(Project), Project, new DiagnosticBag()) ?? MapValue.Empty : MapValue.Empty;

    private string WayBack() => record.Passwords() is null
        ? "Put it back from a backup; for a new undercloud without the data: undercloud uninstall --purge."
        : $"The last run kept a copy; put it back: cp {record.PasswordsFile} {File}";

    private static MapValue? Defaults(string text, string path, DiagnosticBag diagnostics) =>
        (YamlReader.Read(text, path, diagnostics)?.ToValue() as MapValue)?["parameter_defaults"] as MapValue;

    private static MapValue With(MapValue below, MapValue above) => new([.. below.Entries.Where(entry => !above.ContainsKey(entry.Key)), .. above.Entries]);

    private static IEnumerable<string> TextsOf(Value value) => value switch
    {
        StringValue text => [text.Text],
        ListValue list => list.Items.SelectMany(TextsOf),
        MapValue map => map.Entries.SelectMany(entry => TextsOf(entry.Value)),
        _ => [],
    };
}
