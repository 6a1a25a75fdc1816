using System.CommandLine;
using Undercloud.Cli.Commands.Templates;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Gathering;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary><c>undercloud config migrate</c>: converts the undercloud.conf of a former release.</summary>
public static class ConfigMigrateCommand
{
    public static Command Create(Composition composition)
    {
        var old = new Argument<string>("old") { Description = "The old file.", HelpName = "OLD.conf" };
        var output = new Option<string?>("-o", "--output") { Description = "Write the new file here; - for standard output. Without it, only the report is printed.", HelpName = "FILE" };
        var from = new Option<string?>("--from") { Description = $"The release of the old file. Default: derived from its options. One of: {string.Join(", ", ConfigReleases.Keys.Select(key => key.Key))}.", HelpName = "RELEASE" };
        from.AcceptOnlyFromAmong([.. ConfigReleases.Keys.Select(key => key.Key)]);
        var force = new Option<bool>("--force") { Description = "Overwrite an existing file." };
        var format = RowOptions.For(MigrationView.Rows);
        var command = new Command("migrate", "Convert an old undercloud.conf: report for each option its new place, its effect and its changed default.")
        {
            old, output, from, force,
        };
        format.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(old)!;
            var found = new DiagnosticBag();
            if (ConfigFiles.Read(path, found) is not { Text: { } text })
                throw new InputException([new(Severity.Error, ConfigCodes.Missing, "There is no such file.", new SourceSpan(path, 0, 0))]);
            var release = parsed.GetValue(from) is { } key ? ConfigReleases.Keys.First(known => known.Key == key).Release : (ConfigRelease?)null;
            if (found.HasErrors || ConfigMigration.Run(text, path, release, found) is not { } result)
                return TemplateFindings.Fail(found.All);
            var target = parsed.GetValue(output);
            if (target == "-")
                Console.Out.Write(result.Text);
            else if (target is not null && !Write(target, result.Text, parsed.GetValue(force)))
                return ExitCodes.Failed;
            var report = target == "-" ? Console.Error : Console.Out;
            MigrationView.Write(report, result, format.Of(parsed));
            MigrationView.Summary(Console.Error, result, path, text, target, composition.Home);
            return ExitCodes.Done;
        });
        return command;
    }

    private static bool Write(string target, string text, bool force)
    {
        if (Directory.Exists(target))
        {
            Console.Error.WriteLine($"{target} is a directory. Name a file in it.");
            return false;
        }

        if (!force && File.Exists(target) && File.ReadAllText(target) != text)
        {
            Console.Error.WriteLine($"{target} exists already, with other content. Name another file, or overwrite it with --force.");
            return false;
        }

        AtomicFile.WriteText(target, text);
        return true;
    }
}
