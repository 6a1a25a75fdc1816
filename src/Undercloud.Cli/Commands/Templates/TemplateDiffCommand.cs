using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template diff</c>: the differences in the outputs of two environments or two trees. Exit 0: none; 10: some.</summary>
public static class TemplateDiffCommand
{
    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var other = new SecondSide();
        var secrets = new Option<bool>("--show-secrets") { Description = "Show passwords instead of ***." };
        var format = CommonOptions.DataFormat();
        var command = new Command("diff", "Compare what two environments or two trees resolve to. Exit code 0 for no difference, 10 for some.") { secrets, format };
        options.AddTo(command);
        other.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var from = options.Choice(parsed);
            if (other.Choice(parsed, from) is not { } to)
            {
                Console.Error.WriteLine("There is nothing to compare with. Set --to-environment-file, --to-templates, --to-roles-file or --to-networks-file; what is not set is the same as on the first side.");
                return ExitCodes.Usage;
            }

            Console.Error.WriteLine($"From: {from}\nTo:   {to.Against(from)}");
            if (await ResolveAsync(from, "first", composition, stop) is not { } before || await ResolveAsync(to, "second", composition, stop) is not { } after)
                return ExitCodes.ChecksFailed;
            var mask = parsed.GetValue(secrets) ? ValueMask.None : new([.. before.HiddenValues.Union(after.HiddenValues)]);
            var differences = ValueDiff.Between(before.Outputs, after.Outputs);
            DifferenceText.Write(differences, mask, parsed.GetValue(format)!);
            Console.Error.WriteLine(Summary(differences));
            return differences.IsEmpty ? ExitCodes.Done : ExitCodes.Changes;
        });
        return command;
    }

    private static async Task<StackResult?> ResolveAsync(TemplateChoice choice, string side, Composition composition, CancellationToken stop)
    {
        var findings = new DiagnosticBag();
        if (await choice.OpenAsync(composition, findings, stop) is { } chosen && !findings.HasErrors)
        {
            var result = StackResolver.Resolve(chosen.Request);
            if (!result.HasErrors)
                return result;
            findings.AddRange(TemplateFindings.Of(result));
        }

        Console.Error.WriteLine($"The {side} side cannot be resolved:");
        TemplateFindings.Fail(findings.All);
        return null;
    }

    private static string Summary(ImmutableArray<ValueDifference> differences)
    {
        if (differences.IsEmpty)
            return "No difference.";
        var counts = Enum.GetValues<DifferenceKind>()
            .Select(kind => (kind, Count: differences.Count(difference => difference.Kind == kind)))
            .Where(pair => pair.Count > 0)
            .Select(pair => $"{pair.Count} {pair.kind.ToString().ToLowerInvariant()}");
        return $"{differences.Length} difference{(differences.Length == 1 ? "" : "s")}: {string.Join(", ", counts)}";
    }
}
