using Undercloud.Host.Install;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Output;

/// <summary>The last words of a run.</summary>
internal static class Banner
{
    private const string Rule = "########################################################";

    public static string Completed(PreparedRun run, InstallOutcome outcome, string done, TimeSpan elapsed, string? logPath)
    {
        var home = run.Inputs.Surroundings.Home;
        var what = outcome.Changed
            ? $"The Undercloud has been successfully {done} in {(int)elapsed.TotalSeconds} s (generation {outcome.Generation})."
            : $"The Undercloud is as it should be: nothing was changed ({(int)elapsed.TotalSeconds} s, generation {outcome.Generation}).";
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

    public static string Failed(Exception failure, string done, RunLog log)
    {
        var where = log.Path is null ? "" : $"\nThe log is at {log.Path}";
        return failure is OperationCanceledException
            ? $"""
                {Rule}

                Interrupted. What was done stays; run the same command again to go on.{where}

                {Rule}
                """
            : $"""
                {Rule}

                The Undercloud was not {done}.

                {log.Masked(failure.Message).TrimEnd()}
                {where}
                Mend the cause and run the same command again: it goes on where this one stopped.

                {Rule}
                """;
    }
}
