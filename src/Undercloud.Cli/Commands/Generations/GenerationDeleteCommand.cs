using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Generations;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Generations;

/// <summary><c>undercloud generation delete N…</c>: forgets recorded plans, with their dumps and the images that only they use.</summary>
internal static class GenerationDeleteCommand
{
    public static Command Create(Composition composition)
    {
        var numbers = new Argument<int[]>("N") { Description = "Numbers of generations, as `undercloud generation list` has them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("delete", "Delete recorded plans, with their database dumps and the images that only they use.") { numbers };
        command.SetAction(async (parsed, stop) =>
        {
            HostRights.Check();
            var chosen = (parsed.GetValue(numbers) ?? []).Distinct().Select(number => GenerationCommand.Find(composition.Generations, number)).ToList();
            using var events = ConsoleProgress.Open(composition.Time, json: false);
            var context = composition.Operations(events);
            using var held = await RunLock.TakeAsync(context, "generation delete", stop);
            var all = composition.Generations.All();
            Generation?[] needed = [composition.Generations.NewestApplied(), all.LastOrDefault()];
            if (chosen.FirstOrDefault(generation => needed.Any(one => one?.Number == generation.Number)) is { } refused)
                throw new RefusedException($"Generation {refused.Number} is the present one: `status`, `diff` and a resumed run need it. Nothing was deleted.");
            var oldest = all.Where(generation => generation.State == GenerationState.Applied && chosen.All(one => one.Number != generation.Number)).Select(generation => generation.Number).DefaultIfEmpty(int.MaxValue).Min();
            foreach (var later in chosen.Where(generation => generation.Number > oldest))
            {
                if (composition.Generations.NewestReadablePlan() is { } plan && !(await new DatabaseDumps(context).ListAsync(plan, later.Number, stop)).IsEmpty)
                    throw new RefusedException($"Generation {later.Number} has the database dumps that a rollback to generation {oldest} may need. Delete the older generations as well. Nothing was deleted.");
            }

            await new GenerationRemoval(context).RunAsync([.. chosen], stop);
            events.Line($"Deleted: {string.Join(", ", chosen.Select(generation => generation.Number))}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
