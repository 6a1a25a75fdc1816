using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Failures;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>
/// <c>undercloud update</c>: builds images anew where there are newer packages, then applies them with what undercloud.conf and the templates say now. A run that
/// fails applies the previous generation again.
/// </summary>
public static class UpdateCommand
{
    internal const string Name = "update";

    public static Command Create(Composition composition) => Create(
        composition, Name, "Bring a running undercloud to newer packages of its release, and to what undercloud.conf and the templates say now.", release: null);

    /// <summary>The command under a name.</summary>
    /// <param name="composition">The parts of the program.</param>
    /// <param name="name">update or upgrade.</param>
    /// <param name="description">The help text.</param>
    /// <param name="release">The option for the OpenStack release; null for a command that stays with the installed one.</param>
    internal static Command Create(Composition composition, string name, string description, Option<string?>? release)
    {
        var files = new ConfigFileOptions();
        var keepImages = new Option<bool>("--keep-images") { Description = "Leave the images of this host as they are." };
        var noRollback = new Option<bool>("--no-rollback") { Description = "When the run fails, stay where it stopped, to continue by the same command." };
        var packages = new Option<bool>("--packages") { Description = "Also upgrade the Debian packages of the nodes, Open vSwitch among them. Without it no package is upgraded." };
        var check = new Option<bool>("--check") { Description = "List what is outdated (packages in images, the plan, packages of the nodes) and the containers that would be replaced. Exit code 10 if the update would change something, 0 if not." };
        var inspect = new Option<bool>("--inspect") { Description = "List the services of an undercloud from packages on this host, and what an upgrade to containers would take over. Nothing is changed; exit code 3 if something prevents it." };
        var format = release is null ? RowOptions.For(UpdateCheckView.Columns) : RowOptions.For(UpdateCheckView.Columns).Or(AdoptionView.Columns);
        var (dryRun, noValidations, logFormat, yes) = (CommonOptions.DryRun(), CommonOptions.NoValidations(), CommonOptions.LogFormat(), CommonOptions.Yes());
        var command = new Command(name, description) { check, packages, keepImages, noRollback, dryRun, noValidations, yes, logFormat };
        if (release is not null)
        {
            command.Add(release);
            command.Add(inspect);
        }

        files.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            if (release is not null && parsed.GetValue(inspect))
                return await AdoptionView.RunAsync(composition, format.Of(parsed), stop);
            var options = files.RunOptions(parsed, release is null ? null : parsed.GetValue(release), outputOnly: false, parsed.GetValue(dryRun)) with
            {
                Validations = !parsed.GetValue(noValidations),
                JsonLog = parsed.GetValue(logFormat) == "json",
                Renewal = name,
                KeepImages = parsed.GetValue(keepImages),
                Packages = parsed.GetValue(packages),
                NoRollback = parsed.GetValue(noRollback),
            };
            composition.Generations.CheckReadable();
            if (parsed.GetValue(check))
                return await UpdateCheckView.RunAsync(composition, options, format.Of(parsed), stop);
            CheckInstalled(composition, options, "install");
            var warning = $"An {name} replaces containers; their services are not available meanwhile.";
            return options.Applies && !parsed.GetValue(yes) && !await Question.AskAsync($"{warning} Continue?", $"{warning} Standard input is not a terminal: confirm with -y.", stop)
                ? ExitCodes.Interrupted
                : await InstallCommand.OnThisHostAsync(composition, options, stop);
        });
        return command;
    }

    /// <summary>Makes sure that there is something to update.</summary>
    /// <param name="composition">The parts of the program.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="first">The command that makes what is updated.</param>
    /// <exception cref="InstallException">No plan is recorded on this host.</exception>
    internal static void CheckInstalled(Composition composition, RunOptions options, string first)
    {
        if (options.Applies && composition.Generations.Newest() is null)
            throw new InstallException($"No undercloud is installed on this host, so there is nothing to {options.Renewal}. Install it with `undercloud {first}`.");
    }
}
