using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Diffs;
using Undercloud.Heat.Values;
using Undercloud.Host.Generations;

namespace Undercloud.Cli.Commands.Generations;

/// <summary><c>undercloud generation diff A B</c>: the changes from plan A to plan B. Exit 0: none; 10: some.</summary>
internal static class GenerationDiffCommand
{
    /// <summary>The columns of a difference.</summary>
    public static Rows<PlanChange> Columns { get; } = new(
        new("action", "Action", change => change.Action.ToString().ToLowerInvariant()),
        new("kind", "Kind", change => change.Kind),
        new("name", "Name", change => change.Name),
        new("reason", "Reason", change => change.Reason is { } reason ? reason : Value.Null),
        new("node", "Node", change => change.Node.Length == 0 ? Value.Null : change.Node) { Place = ColumnPlace.Data });

    public static Command Create(GenerationStore generations)
    {
        var (before, after) = (GenerationCommand.Number("A"), GenerationCommand.Number("B"));
        var format = RowOptions.For(Columns);
        var command = new Command("diff", "Show what differs between two recorded plans. Exit code 0 for nothing, 10 for something.") { before, after };
        format.AddTo(command);
        command.SetAction(parsed =>
        {
            var (old, wanted) = (GenerationCommand.Find(generations, parsed.GetValue(before)), GenerationCommand.Find(generations, parsed.GetValue(after)));
            var changes = PlanDiff.Of(generations.ReadPlan(old.Number), generations.ReadPlan(wanted.Number));
            if (changes.IsEmpty && format.Of(parsed).IsTable)
                parsed.InvocationConfiguration.Output.WriteLine("The plans are equal.");
            else
                Columns.Write(parsed.InvocationConfiguration.Output, changes, format.Of(parsed));
            return changes.IsEmpty ? ExitCodes.Done : ExitCodes.Changes;
        });
        return command;
    }
}
