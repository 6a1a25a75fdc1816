using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Failures;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud upgrade</c>: images built anew where there are newer packages, then an install.</summary>
public static class UpgradeCommand
{
    private const string Warning = "An upgrade replaces containers, and their services are away meanwhile.";

    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var release = CommonOptions.Release();
        var keepImages = new Option<bool>("--keep-images") { Description = "Leave images that are on this host as they are." };
        var dryRun = CommonOptions.DryRun();
        var noValidations = CommonOptions.NoValidations();
        var logFormat = CommonOptions.LogFormat();
        var yes = CommonOptions.Yes();
        var command = new Command("upgrade", "Build images anew where there are newer packages, then install: containers with another image are replaced.")
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
                throw new InstallException("No undercloud is installed on this host, so there is none to upgrade. `undercloud install` installs one.");
            return options.Applies && !parsed.GetValue(yes) && !await Question.AskAsync(Warning + " A backup of the databases first is wise. Go on?", Warning + " There is nobody to ask; say -y to do it.", stop)
                ? ExitCodes.Interrupted
                : await InstallCommand.OnThisHostAsync(composition, options, stop);
        });
        return command;
    }
}
