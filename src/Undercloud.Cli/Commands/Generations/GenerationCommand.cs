using System.CommandLine;
using Undercloud.Deploy.Generations;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;

namespace Undercloud.Cli.Commands.Generations;

/// <summary><c>undercloud generation</c>: the recorded plans of this host.</summary>
public static class GenerationCommand
{
    public static Command Create(Composition composition) => new("generation", "List, show, compare and delete the recorded plans of this host, and show the events of their runs.")
    {
        GenerationListCommand.Create(composition.Generations),
        GenerationShowCommand.Create(composition.Generations, composition.Secrets),
        GenerationDiffCommand.Create(composition.Generations),
        GenerationEventsCommand.Create(composition.Generations),
        GenerationDeleteCommand.Create(composition),
    };

    internal static Argument<int> Number(string name) => new(name) { Description = "A generation's number, see `undercloud generation list`." };

    /// <summary>The generation with a number.</summary>
    /// <exception cref="InstallException">There is no such generation; the message lists those that exist.</exception>
    internal static Generation Find(GenerationStore generations, int number)
    {
        generations.CheckReadable();
        var all = generations.All();
        return all.FirstOrDefault(one => one.Number == number) ?? throw new InstallException(
            all.IsEmpty
                ? $"There is no generation {number}: no plan is recorded on this host."
                : $"There is no generation {number}. There are: {string.Join(", ", all.Select(one => one.Number))}.");
    }
}
