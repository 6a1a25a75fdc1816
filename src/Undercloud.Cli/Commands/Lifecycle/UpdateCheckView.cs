using Undercloud.Cli.Output;
using Undercloud.Heat.Values;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>
/// <c>undercloud update --check</c>: what is outdated, and which containers an update would replace. Exit 10: an update with these options would
/// change something; 0: nothing.
/// </summary>
internal static class UpdateCheckView
{
    /// <summary>The columns of an outdated part.</summary>
    public static Rows<OutdatedPart> Columns { get; } = new(
        new("kind", "Kind", part => part.Kind),
        new("name", "Name", part => part.Name) { Text = part => part.Name.Replace("localhost/undercloud/", "", StringComparison.Ordinal) },
        new("reason", "Reason", part => part.Reason),
        new("replaces", "Replaces", part => new ListValue([.. part.Replaces.Select(name => (Value)name)])) { Text = part => string.Join(' ', part.Replaces) });

    /// <summary>Prints it.</summary>
    public static async Task<int> RunAsync(Composition composition, RunOptions options, RowChoice choice, CancellationToken stop)
    {
        using var events = ConsoleProgress.Open(composition.Time, options.JsonLog);
        var parts = await new UpdateCheck(composition.Operations(events)).RunAsync(options.Wanted(composition.Home), stop);
        events.Dispose();
        if (parts.IsEmpty && choice.IsTable)
            Console.Out.WriteLine("Nothing is outdated.");
        else
            Columns.Write(Console.Out, parts, choice);
        var waiting = parts.Count(part => part.NeedsPackages);
        if (waiting > 0 && !options.Packages)
            Console.Error.WriteLine($"{(waiting == 1 ? "1 package changes" : $"{waiting} packages change")} only with `undercloud {options.Renewal} --packages`.");
        return parts.All(part => part.NeedsPackages && !options.Packages) ? ExitCodes.Done : ExitCodes.Changes;
    }
}
