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
/// A plan with what it would change, as <c>diff -o</c> saved it for <c>install --plan</c>. It holds secrets: the file is 0600.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Passwords">All passwords that it was made with: on a host that has none yet they are made up anew each time.</param>
/// <param name="Changes">What it would change on the host: kind, name and action, one text each.</param>
public sealed record SavedPlan(DeploymentPlan Plan, MapValue Passwords, ImmutableArray<string> Changes)
{
    private const int Format = 1;

    // Images are part of the plan itself, by their ids.
    private const string Image = "image";

    // So many differences are named; the rest is counted.
    private const int Named = 10;

    /// <summary>Saves a plan.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">The run that it was prepared for.</param>
    /// <param name="differences">What differs between it and the host.</param>
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
    /// <exception cref="InstallException">The file is none; the message says why and what to do.</exception>
    public static SavedPlan Read(string path)
    {
        const string Remedy = "`undercloud diff -o FILE` saves a plan.";
        try
        {
            var saved = CanonicalJson.Read(File.ReadAllText(path)) as MapValue;
            if (saved?["format"] is IntegerValue { Number: var format } && format != Format)
                throw new InstallException($"{path} is a plan of format {format}, and this undercloud reads {Format}. Save it anew with this one. {Remedy}");
            return saved is not null && saved["passwords"] is MapValue passwords && saved["plan"] is MapValue plan && saved["changes"] is ListValue changes
                ? new(PlanJson.Read(CanonicalJson.Write(plan)), passwords, [.. changes.Items.OfType<StringValue>().Select(change => change.Text)])
                : throw new InstallException($"{path} is no saved plan. {Remedy}");
        }
        catch (JsonException)
        {
            throw new InstallException($"{path} is no saved plan, or a damaged one. {Remedy}");
        }
    }

    /// <summary>Why this plan is not the one that would be applied now, with what differs; null when it is.</summary>
    /// <param name="now">The plan of the inputs as they are now.</param>
    /// <param name="differences">What differs between that plan and the host.</param>
    public string? Refusal(DeploymentPlan now, NodeResult differences)
    {
        if (Plan.Hash != now.Hash)
        {
            return $"""
                The inputs have moved on since the plan was saved: undercloud.conf, a file that it names, the templates, the images or the tool are others. What is planned now differs in:
                {List(PlanDiff.Of(Plan, now).Select(change => $"{change.Action.ToString().ToLowerInvariant()} {change.Kind} {change.Name}"))}
                Look at `undercloud diff`, and save the plan again.
                """;
        }

        var found = Texts(differences);
        return found.SequenceEqual(Changes, StringComparer.Ordinal)
            ? null
            : $"""
                The host has moved on since the plan was saved. What would be changed now, or not any more:
                {List(found.Except(Changes).Select(change => $"now: {change}").Concat(Changes.Except(found).Select(change => $"not any more: {change}")))}
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
