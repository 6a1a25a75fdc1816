using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Files;

namespace Undercloud.Host.Generations;

/// <summary>The recorded plans of this host: <c>generations/N/{generation,plan}.json</c> below the state directory, 0600.</summary>
public sealed class GenerationStore(string stateDirectory)
{
    /// <summary>Where a node keeps what this tool knows about it.</summary>
    public const string StateDirectory = "/var/lib/undercloud";

    private readonly string _root = Path.Combine(stateDirectory, "generations");

    /// <summary>Makes sure that what is recorded can be seen: to others than root it looks as if there were nothing.</summary>
    /// <exception cref="UnauthorizedAccessException">There is something that this user may not read.</exception>
    public void CheckReadable()
    {
        if (!Directory.Exists(stateDirectory))
            return;
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(stateDirectory).GetEnumerator();
            entries.MoveNext();
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"What is installed on this host is recorded in {stateDirectory}, which only root may read. Run the same command as root.");
        }
    }

    /// <summary>All of them, oldest first. One that was cut short while it was recorded has no plan, and is left out.</summary>
    public ImmutableArray<Generation> All()
    {
        if (!Directory.Exists(_root))
            return [];
        return
        [
            .. Directory.EnumerateDirectories(_root)
                .Select(directory => Path.Combine(directory, "generation.json"))
                .Where(File.Exists)
                .Select(file => JsonSerializer.Deserialize(File.ReadAllText(file), GenerationJson.Default.Generation)!)
                .OrderBy(generation => generation.Number),
        ];
    }

    /// <summary>The one with the highest number, or null.</summary>
    public Generation? Newest() => All().LastOrDefault();

    /// <summary>The newest one that was applied to its end, or null.</summary>
    public Generation? NewestApplied() => All().LastOrDefault(generation => generation.State == GenerationState.Applied);

    /// <summary>The plan of a generation.</summary>
    public DeploymentPlan ReadPlan(int number) => PlanJson.Read(File.ReadAllText(Path.Combine(_root, $"{number}", "plan.json")));

    /// <summary>Records a generation, its plan first: a record without a plan never exists.</summary>
    public void Write(Generation generation, DeploymentPlan plan)
    {
        var directory = Path.Combine(_root, $"{generation.Number}");
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        AtomicFile.WriteText(Path.Combine(directory, "plan.json"), PlanJson.Write(plan));
        Update(generation);
    }

    /// <summary>Records a generation's new state.</summary>
    public void Update(Generation generation) =>
        AtomicFile.WriteText(
            Path.Combine(_root, $"{generation.Number}", "generation.json"),
            JsonSerializer.Serialize(generation, GenerationJson.Default.Generation) + "\n");

    /// <summary>Forgets all of them: the host is as it was before the first.</summary>
    public void Clear()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }
}
