using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>The last message of a run.</summary>
internal static class Banner
{
    private const string Rule = "########################################################";

    public static string Completed(PreparedRun run, InstallOutcome outcome, string done, TimeSpan elapsed, string? logPath)
    {
        var home = run.Inputs.Surroundings.Home;
        var what = Result(outcome, done, elapsed);
        return $"""
            {Rule}

            {what}

            Useful files:

            Password file is at {Path.Combine(run.Config.OutputDirectory, "undercloud-passwords.conf")}
            The stackrc file is at {Path.Combine(home, "stackrc")}
            The log is at {logPath}

            Use these files to interact with OpenStack services, and
            ensure they are secured.
            {string.Concat(run.Plan.Notes.Select(note => $"\nNote: {note}\n"))}
            {Rule}
            """;
    }

    /// <summary>The result of a successful run, in one line.</summary>
    public static string Result(InstallOutcome outcome, string done, TimeSpan elapsed) => outcome.Changed
        ? $"The Undercloud has been successfully {done} in {(int)elapsed.TotalSeconds} s (generation {outcome.Generation})."
        : $"The Undercloud is as it should be: nothing was changed ({(int)elapsed.TotalSeconds} s, generation {outcome.Generation}).";

    /// <summary>The last message of a run that failed.</summary>
    /// <param name="failure">The failure that ended the run.</param>
    /// <param name="text">The failure as text, with secrets masked.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="logPath">The log; null when there is none.</param>
    public static string Failed(Exception failure, string text, RunOptions options, string? logPath)
    {
        var changes = options.Applies && failure is not (InputException or RefusedException);
        var what = failure is OperationCanceledException ? ""
            : options.DryRun ? "The dry run failed. Nothing was changed."
            : options.OutputOnly ? "The Ansible project was not written."
            : changes ? $"The Undercloud was not {options.Done}."
            : $"The Undercloud was not {options.Done}. Nothing was changed.";
        var next = failure is WayBackInterruptedException interrupted ? $"The way back to generation {interrupted.Target} was interrupted. `undercloud rollback {interrupted.Target}` goes on with it."
            : failure is OperationCanceledException
            ? changes ? "The changes so far stay; run the same command again to resume." : "Nothing was changed."
            : failure is RefusedException ? ""
            : failure is RolledBackException back ? $"Rolled back: the plan of generation {back.Target} is applied again, as generation {back.Generation}. The undercloud is as it was before. Correct the cause and run the same command again."
            : changes ? "Correct the cause and run the same command again: it resumes where this run stopped."
            : "Correct the cause and run the same command again.";
        var where = logPath is null ? "" : $"The log is at {logPath}";
        string[] parts = [Rule, what, text, where, next, Rule];
        return string.Join("\n\n", parts.Where(part => part.Length > 0));
    }
}
