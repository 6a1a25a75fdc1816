using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Failures;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud upgrade</c>: rebuilds images with newer packages, then installs.</summary>
public static class UpgradeCommand
{
    private const string Warning = "An upgrade replaces containers; their services are not available meanwhile.";

    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var release = CommonOptions.Release();
        var keepImages = new Option<bool>("--keep-images") { Description = "Do not rebuild existing images." };
        var dryRun = CommonOptions.DryRun();
        var noValidations = CommonOptions.NoValidations();
        var logFormat = CommonOptions.LogFormat();
        var yes = CommonOptions.Yes();
        var command = new Command("upgrade", "Rebuild images with newer packages, then install: containers with a changed image are replaced.")
        {
            release, keepImages, dryRun, noValidations, yes, logFormat,
        };
        files.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var options = files.RunOptions(parsed, parsed.GetValue(release), outputOnly: false, parsed.GetValue(dryRun)) with
            {
                Validations = !parsed.GetValue(noValidations),
                JsonLog = parsed.GetValue(logFormat) == "json",
                Upgrade = true,
                KeepImages = parsed.GetValue(keepImages),
            };
            composition.Generations.CheckReadable();
            if (options.Applies && composition.Generations.Newest() is null)
                throw new InstallException("No undercloud is installed on this host, so there is nothing to upgrade. Install it with `undercloud install`.");
            return options.Applies && !parsed.GetValue(yes) && !await Question.AskAsync(Warning + " Back up the databases first. Continue?", Warning + " Standard input is not a terminal: confirm with -y.", stop)
                ? ExitCodes.Interrupted
                : await InstallCommand.OnThisHostAsync(composition, options, stop);
        });
        return command;
    }
}
