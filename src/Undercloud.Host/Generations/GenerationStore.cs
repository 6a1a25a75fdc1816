using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;

namespace Undercloud.Host.Generations;

/// <summary>
/// The recorded plans of this host: <c>generations/N/{generation,plan}.json</c> below the state directory, 0600. A disk that was full or broke
/// can have left either of them empty, cut short or older: none of that keeps an install from making a new one.
/// </summary>
public sealed class GenerationStore(string stateDirectory)
{
    /// <summary>Where a node keeps what this tool knows about it.</summary>
    public const string StateDirectory = ToolState.Directory;

    private const string Remedy = "`undercloud install` makes the plan anew from undercloud.conf and records it.";
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

    /// <summary>
    /// All of them, oldest first. One that was cut short while it was recorded has no record, and is left out. One whose record cannot be read
    /// is a failed one whose message says so.
    /// </summary>
    public ImmutableArray<Generation> All()
    {
        if (!Directory.Exists(_root))
            return [];
        return
        [
            .. Directory.EnumerateDirectories(_root)
                .Select(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
                .Where(number => number > 0 && Path.Exists(RecordFile(number)))
                .Order()
                .Select(Read),
        ];
    }

    /// <summary>The one with the highest number, or null.</summary>
    public Generation? Newest() => All().LastOrDefault();

    /// <summary>The newest one that was applied to its end, or null.</summary>
    public Generation? NewestApplied() => All().LastOrDefault(generation => generation.State == GenerationState.Applied);

    /// <summary>The plan of a generation.</summary>
    /// <exception cref="DamagedStateException">It cannot be read.</exception>
    public DeploymentPlan ReadPlan(int number)
    {
        var file = PlanFile(number);
        try
        {
            return PlanJson.Read(File.ReadAllText(file));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new DamagedStateException(Damage(file, exception));
        }
    }

    /// <summary>The plan of a generation; null when it cannot be read.</summary>
    public DeploymentPlan? FindPlan(int number)
    {
        try
        {
            return ReadPlan(number);
        }
        catch (DamagedStateException)
        {
            return null;
        }
    }

    /// <summary>The newest plan that can be read, whether it was applied or not; null when there is none.</summary>
    public DeploymentPlan? NewestReadablePlan() => All().Reverse().Select(generation => FindPlan(generation.Number)).FirstOrDefault(plan => plan is not null);

    /// <summary>Records a generation, its plan first: a record without a plan never exists.</summary>
    public void Write(Generation generation, DeploymentPlan plan)
    {
        var directory = Path.Combine(_root, $"{generation.Number}");
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        AtomicFile.WriteText(PlanFile(generation.Number), PlanJson.Write(plan));
        Update(generation);
    }

    /// <summary>Records a generation's new state.</summary>
    public void Update(Generation generation) =>
        AtomicFile.WriteText(
            RecordFile(generation.Number),
            JsonSerializer.Serialize(generation with { Format = Generation.CurrentFormat }, GenerationJson.Default.Generation) + "\n");

    /// <summary>Where a generation keeps what its runs said.</summary>
    public string EventsFile(int number) => Path.Combine(_root, $"{number}", "events.jsonl");

    /// <summary>Forgets one. Its record goes first: a generation without a record is not listed.</summary>
    public void Delete(int number)
    {
        File.Delete(RecordFile(number));
        if (Directory.Exists(Path.Combine(_root, $"{number}")))
            Directory.Delete(Path.Combine(_root, $"{number}"), recursive: true);
    }

    /// <summary>Forgets all of them: the host is as it was before the first.</summary>
    public void Clear()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    private Generation Read(int number)
    {
        var file = RecordFile(number);
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllText(file), GenerationJson.Default.Generation);
            if (read?.PlanHash is null || read.Number != number)
                throw new JsonException("It is the record of no generation.");
            return read.Format <= Generation.CurrentFormat
                ? read
                : Unreadable(number, $"{file} is of format {read.Format}: a newer undercloud wrote it, and this one reads up to {Generation.CurrentFormat}. Use the newer one.");
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            return Unreadable(number, Damage(file, exception));
        }
    }

    private Generation Unreadable(int number, string why) => new(
        number, GenerationState.Failed, "", "", new DateTimeOffset(File.GetLastWriteTimeUtc(RecordFile(number)), TimeSpan.Zero), Message: why);

    private static string Damage(string file, Exception why) =>
        $"{file} cannot be read: {(why is JsonException ? "it is damaged, or of an older undercloud" : FailureWords.Of(why).TrimEnd('.'))}. {Remedy}";

    private static bool IsDamage(Exception exception) =>
        exception is JsonException or IOException or NotSupportedException or FormatException or InvalidOperationException or ArgumentException;

    private string RecordFile(int number) => Path.Combine(_root, $"{number}", "generation.json");

    private string PlanFile(int number) => Path.Combine(_root, $"{number}", "plan.json");
}
