using System.CommandLine;
using Undercloud.Cli.Commands.Templates;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary><c>undercloud config show</c>: the effective value of every option and where it comes from.</summary>
public static class ConfigShowCommand
{
    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var format = RowOptions.For(Rows(ValueMask.None));
        var onlySet = new Option<bool>("--set") { Description = "Only options that a file sets." };
        var names = new Argument<string[]>("option") { Description = "Only these options.", HelpName = "OPTION", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("show", "Show the effective value of every option, and where it comes from: a line of the file, or the default.")
        {
            names, onlySet,
        };
        format.AddTo(command);
        files.AddTo(command);
        command.SetAction(parsed =>
        {
            var found = new DiagnosticBag();
            var config = files.Read(parsed, files.Texts(parsed, composition.Home, found), composition.Home, found);
            var mask = ConfigSecrets.MaskOf(config);
            var asked = parsed.GetValue(names) ?? [];
            if (asked.FirstOrDefault(name => !config.Settings.Any(setting => IsNamed(setting.Option, name))) is { } unknown)
                return TellUnknown(config, unknown);
            var shown = config.Settings
                .Where(setting => asked.Length == 0 || asked.Any(name => IsNamed(setting.Option, name)))
                .Where(setting => !setting.IsDefault || !parsed.GetValue(onlySet))
                .ToList();
            Rows(mask).Write(Console.Out, shown, format.Of(parsed));
            return found.HasErrors ? Fail(found, mask) : ExitCodes.Done;
        });
        return command;
    }

    private static bool IsNamed(ConfigOption option, string name) =>
        option.Name == name || option.DeprecatedNames.Contains(name) || $"{option.Group}.{option.Name}" == name;

    private static int TellUnknown(UndercloudConfig config, string name)
    {
        var nearest = NearestName.Of(name, config.Settings.Select(setting => setting.Option.Name));
        Console.Error.WriteLine($"There is no option {name}.{(nearest is null ? "" : $" Did you mean {nearest}?")}");
        return ExitCodes.Usage;
    }

    // An invalid value is shown as the default, so this has to be reported.
    private static int Fail(DiagnosticBag found, ValueMask mask)
    {
        Console.Error.WriteLine("Invalid options are shown with their defaults:");
        return TemplateFindings.Fail(found.All.Select(mask.Apply));
    }

    private static Rows<Setting> Rows(ValueMask mask) => new(
        new("section", "Section", setting => setting.Option.Group),
        new("option", "Option", setting => setting.Option.Name),
        new("value", "Value", setting => Shown(setting, mask)) { Text = setting => Text(setting, mask) },
        new("from", "From", setting => setting.Source),
        new("source", "Source", setting => setting.IsDefault ? "default" : "file") { Place = ColumnPlace.Data },
        new("file", "File", setting => setting.Location is { } place ? place.Path : Value.Null) { Place = ColumnPlace.Data },
        new("line", "Line", setting => setting.Location is { } at ? at.Line : Value.Null) { Place = ColumnPlace.Data },
        new("former_name", "Former name", setting => setting.SetAs is { } name ? name : Value.Null) { Place = ColumnPlace.Data },
        new("effect", "Effect", setting => setting.Option.Effect.ToString().ToLowerInvariant()) { Place = ColumnPlace.Data });

    private static Value Shown(Setting setting, ValueMask mask) =>
        setting.Option.IsSecret && setting.Value is StringValue ? "***" : mask.Apply(setting.Value);

    private static string Text(Setting setting, ValueMask mask) => Shown(setting, mask) switch
    {
        NullValue => "(unset)",
        var value when setting.Option.IsSecret => ((StringValue)value).Text,
        var value => setting.Option.Type.Write(value).ReplaceLineEndings("\\n") is { Length: > 0 } text ? text : "(empty)",
    };
}
