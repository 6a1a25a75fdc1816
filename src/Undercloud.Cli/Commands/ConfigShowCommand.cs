using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud config show</c>: the effective value of every option and where it comes from.</summary>
public static class ConfigShowCommand
{
    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var format = CommonOptions.DataFormat();
        var onlySet = new Option<bool>("--set") { Description = "Only options that a file sets." };
        var names = new Argument<string[]>("option") { Description = "Only these options.", HelpName = "OPTION", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("show", "Show the effective value of every option, and where it comes from: a line of the file, or the default.")
        {
            names, onlySet, format,
        };
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
            Print(shown, mask, parsed.GetValue(format)!);
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

    // A value that is wrong is shown as the default, so it must be said.
    private static int Fail(DiagnosticBag found, ValueMask mask)
    {
        Console.Error.WriteLine("What is wrong in the file is shown with its default:");
        return TemplateFindings.Fail(found.All.Select(mask.Apply));
    }

    private static void Print(List<Setting> settings, ValueMask mask, string format)
    {
        if (format == "table")
            TextTable.Write(Console.Out, ["Section", "Option", "Value", "From"],
                settings.Select(setting => new[] { setting.Option.Group, setting.Option.Name, Text(setting, mask), setting.Source }));
        else
            DataOutput.Write(new ListValue([.. settings.Select(setting => Data(setting, mask))]), format);
    }

    private static Value Shown(Setting setting, ValueMask mask) =>
        setting.Option.IsSecret && setting.Value is StringValue ? "***" : mask.Apply(setting.Value);

    private static string Text(Setting setting, ValueMask mask) => Shown(setting, mask) switch
    {
        NullValue => "(unset)",
        var value when setting.Option.IsSecret => ((StringValue)value).Text,
        var value => setting.Option.Type.Write(value).ReplaceLineEndings("\\n") is { Length: > 0 } text ? text : "(empty)",
    };

    private static Value Data(Setting setting, ValueMask mask) => new MapValue(
    [
        new("section", setting.Option.Group),
        new("option", setting.Option.Name),
        new("value", Shown(setting, mask)),
        new("source", setting.IsDefault ? "default" : "file"),
        new("file", setting.Location is { } place ? place.Path : Value.Null),
        new("line", setting.Location is { } at ? at.Line : Value.Null),
        new("former_name", setting.SetAs is { } name ? name : Value.Null),
        new("effect", setting.Option.Effect.ToString().ToLowerInvariant()),
    ]);
}
