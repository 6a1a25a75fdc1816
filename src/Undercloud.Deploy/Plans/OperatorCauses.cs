using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// Finds the operator's setting that causes an error without a place in the operator's files: the setting that alone produces the error, or
/// without which the error disappears. Templates may transform a value in any way, so only a new resolution of the stack gives a certain answer.
/// </summary>
/// <param name="inputs">The run's inputs.</param>
/// <param name="run">The environment with the operator's settings.</param>
/// <param name="without">The environment without any of the operator's files.</param>
internal sealed class OperatorCauses(Inputs inputs, RunEnvironment run, Lazy<RunEnvironment> without)
{
    // The limit of attempts: bisection finds one of a hundred settings in eight.
    private const int Limit = 40;

    private readonly Dictionary<string, PlanAttempt> _attempts = new(StringComparer.Ordinal);
    private readonly ImmutableArray<InputFile> _files = [.. inputs.Environments.Prepend(inputs.ContainerImages).Prepend(inputs.Hieradata).OfType<InputFile>()];

    /// <summary>The environment without some of its settings.</summary>
    public RunEnvironment Without(IReadOnlyCollection<OperatorSetting> settings) => run with
    {
        Environment = run.Environment.WithThoseOf(
            [.. settings.Where(setting => !setting.IsMapping).Select(setting => setting.Key)],
            [.. settings.Where(setting => setting.IsMapping).Select(setting => setting.Key)],
            without.Value.Environment),
    };

    /// <summary>The attempt's findings with its errors placed at the settings that cause them, and these settings.</summary>
    public (ImmutableArray<Diagnostic> Findings, ImmutableArray<OperatorSetting> Causes) Place(PlanAttempt attempt)
    {
        var settings = run.Settings(_files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal));
        var placed = ImmutableArray.CreateBuilder<Diagnostic>();
        var causes = ImmutableArray.CreateBuilder<OperatorSetting>();
        foreach (var finding in attempt.Findings)
        {
            var isPlaced = finding.Severity != Severity.Error || IsOperators(finding.Location);
            var cause = isPlaced ? settings.FirstOrDefault(setting => setting.Location == finding.Location) : CauseOf(finding, attempt, settings);
            if (finding.Severity == Severity.Error && cause is not null)
                causes.Add(cause);
            placed.Add(isPlaced ? InValue(cause, finding) : cause is null ? finding with { Location = InRole(finding) ?? finding.Location } : At(cause, finding));
        }

        return (placed.ToImmutable(), [.. causes.Distinct()]);
    }

    // A service that the roles file lists and that has no mapping.
    private SourceSpan? InRole(Diagnostic finding) =>
        finding.Code == "HOT020" && YamlReader.Read(inputs.Roles.Text, inputs.Roles.Path, new()) is YamlSequence { Items: [YamlMapping role, ..] }
            ? (role["ServicesDefault"] as YamlSequence)?.Items
                .FirstOrDefault(item => item is YamlScalar { Value: StringValue { Text: var service } } && finding.Message.Contains($"'{service}'", StringComparison.Ordinal))?.Span
            : null;

    private bool IsOperators(SourceSpan? place) =>
        place is { Path: var path } && (Path.IsPathRooted(path) || _files.Any(file => file.Path == path));

    private Diagnostic At(OperatorSetting cause, Diagnostic finding)
    {
        var elsewhere = finding.Location is { } there ? $" ({there})" : "";
        var (name, place) = Holder(cause, finding.Message);
        return finding with { Message = $"{name}: {finding.Message}{elsewhere}", Location = place };
    }

    // A finding about a part of the setting's value, which begins with the setting's name.
    private Diagnostic InValue(OperatorSetting? cause, Diagnostic finding) =>
        cause is not null && finding.Message.StartsWith($"{cause.Key}.", StringComparison.Ordinal) ? finding with { Location = Holder(cause, finding.Message).Place } : finding;

    // Maps are merged over all files and with the hieradata, so the file that sets a parameter last need not be the one with the wrong part.
    private (string Name, SourceSpan Place) Holder(OperatorSetting cause, string message)
    {
        var parts = new List<(string Name, SourceSpan Place)> { (cause.Name, cause.Location) };
        if (!cause.IsMapping)
        {
            parts.AddRange(_files.Reverse().SelectMany(file => ValuePlace.OfParameter(file, cause.Key)).Select(place => (cause.Key, place)));
            parts.AddRange(run.Hieradata.Translated.Where(key => key.Target.Parameter == cause.Key && key.Key.Location is not null).Select(key => (key.Key.Name, key.Key.Location!.Value)));
        }

        var (name, found) = parts.Select(part => (part.Name, Found: InFile(part.Place, message))).MaxBy(part => part.Found.Length);
        return (name, found.Place);
    }

    private (SourceSpan Place, int Length) InFile(SourceSpan setting, string message) =>
        _files.FirstOrDefault(file => file.Path == setting.Path) is { } file ? ValuePlace.Find(file, setting, message) : (setting, 0);

    // First the setting that alone produces the error, whatever else is wrong; then the setting without which the error disappears.
    private OperatorSetting? CauseOf(Diagnostic error, PlanAttempt attempt, ImmutableArray<OperatorSetting> settings) =>
        settings.IsEmpty || AttemptWithout(settings) is not { } none || Has(none, error) ? null
            : Halved(settings, part => AttemptWithout([.. settings.Except(part)]) is { } alone && Has(alone, error)) ?? Halved(settings, part => IsGone(error, attempt, part));

    private static OperatorSetting? Halved(ImmutableArray<OperatorSetting> settings, Func<ImmutableArray<OperatorSetting>, bool> isIn)
    {
        while (settings.Length > 1)
        {
            var half = settings[..(settings.Length / 2)];
            settings = isIn(half) ? half : settings[half.Length..];
        }

        return isIn(settings) ? settings[0] : null;
    }

    // An attempt that gets less far than the first one tells nothing about the error.
    private bool IsGone(Diagnostic error, PlanAttempt first, ImmutableArray<OperatorSetting> settings) =>
        AttemptWithout(settings) is { } other && !Has(other, error)
        && (other.Plan is not null || (first.Plan is null && other.Errors.Select(Key).ToHashSet().IsSubsetOf(first.Errors.Select(Key))));

    private static bool Has(PlanAttempt attempt, Diagnostic error) => attempt.Errors.Any(other => Key(other) == Key(error));

    private PlanAttempt? AttemptWithout(ImmutableArray<OperatorSetting> settings)
    {
        var key = string.Join('\n', settings.Select(setting => $"{setting.IsMapping} {setting.Key}"));
        if (_attempts.TryGetValue(key, out var known) || _attempts.Count >= Limit)
            return known;
        return _attempts[key] = PlanAttempt.Of(inputs, Without(settings));
    }

    private static (string, string, SourceSpan?) Key(Diagnostic finding) => (finding.Code, finding.Message, finding.Location);
}
