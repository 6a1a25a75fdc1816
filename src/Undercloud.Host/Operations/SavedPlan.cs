using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;

namespace Undercloud.Host.Operations;

/// <summary>
/// A plan and the changes that it would make, as <c>diff -o</c> saved them for <c>install --plan</c>. It holds secrets: the file is 0600.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Passwords">All passwords of the plan: on a host without passwords each run generates new ones.</param>
/// <param name="Changes">The changes that the plan would make on the host: kind, name and action, one text each.</param>
public sealed record SavedPlan(DeploymentPlan Plan, MapValue Passwords, ImmutableArray<string> Changes)
{
    private const int Format = 1;

    // Images are part of the plan, by their ids.
    private const string Image = "image";

    // The number of differences that a message names; the rest is counted.
    private const int Named = 10;

    /// <summary>Saves a plan.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">The prepared run of the plan.</param>
    /// <param name="differences">The differences between the plan and the host.</param>
    public static void Write(string path, Gathering.PreparedRun run, NodeResult differences) => AtomicFile.WriteText(
        path,
        CanonicalJson.WriteIndented(new MapValue(
        [
            new("format", new IntegerValue(Format)),
            new("changes", new ListValue([.. Texts(differences).Select(change => (Value)change)])),
            new("passwords", run.Inputs.Passwords),
            new("plan", CanonicalJson.Read(PlanJson.Write(run.Plan))),
        ])));

    /// <summary>Reads a saved plan.</summary>
    /// <exception cref="InstallException">The file is not a saved plan; the message gives the cause and the remedy.</exception>
    public static SavedPlan Read(string path)
    {
        const string Remedy = "Save a plan with `undercloud diff -o FILE`.";
        try
        {
            var saved = CanonicalJson.Read(File.ReadAllText(path)) as MapValue;
            if (saved?["format"] is IntegerValue { Number: var format } && format != Format)
                throw new InstallException($"{path} is a plan of format {format}; this version of undercloud reads format {Format}. Save the plan again with this version. {Remedy}");
            return saved is not null && saved["passwords"] is MapValue passwords && saved["plan"] is MapValue plan && saved["changes"] is ListValue changes
                ? new(PlanJson.Read(CanonicalJson.Write(plan)), passwords, [.. changes.Items.OfType<StringValue>().Select(change => change.Text)])
                : throw new InstallException($"{path} is no saved plan. {Remedy}");
        }
        catch (JsonException)
        {
            throw new InstallException($"{path} is no saved plan, or a damaged one. {Remedy}");
        }
    }

    /// <summary>Why this plan cannot be applied any more, with the differences; null when it can.</summary>
    /// <param name="now">The plan that the inputs give now.</param>
    /// <param name="differences">The differences between that plan and the host.</param>
    public string? Refusal(DeploymentPlan now, NodeResult differences)
    {
        if (Plan.Hash != now.Hash)
        {
            return $"""
                The inputs have changed since the plan was saved: undercloud.conf, a file that it names, the templates, the images or the tool. The plan is now different in:
                {List(PlanDiff.Of(Plan, now).Select(change => $"{change.Action.ToString().ToLowerInvariant()} {change.Kind} {change.Name}"))}
                Look at `undercloud diff`, and save the plan again.
                """;
        }

        var found = Texts(differences);
        return found.SequenceEqual(Changes, StringComparer.Ordinal)
            ? null
            : $"""
                The host has changed since the plan was saved. The changes that would be made now, and those that no longer would:
                {List(found.Except(Changes).Select(change => $"now: {change}").Concat(Changes.Except(found).Select(change => $"no longer: {change}")))}
                Look at `undercloud diff`, and save the plan again.
                """;
    }

    private static ImmutableArray<string> Texts(NodeResult differences) =>
        [.. differences.Changes.Where(change => change.Kind != Image).Select(change => $"{change.Action} {change.Kind} {change.Name}").Order(StringComparer.Ordinal)];

    private static string List(IEnumerable<string> all)
    {
        var lines = all.ToList();
        return string.Join('\n', lines.Take(Named).Select(line => $"  {line}").Concat(lines.Count > Named ? [$"  and {lines.Count - Named} more"] : []));
    }
}
