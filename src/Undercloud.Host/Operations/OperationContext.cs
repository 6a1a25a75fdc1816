using Undercloud.Deploy.Ansible;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Images;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>The host's services that operations use.</summary>
/// <param name="Runner">Runs programs.</param>
/// <param name="Connection">Creates a connection to the cloud's services.</param>
/// <param name="Tool">The tool's own files.</param>
/// <param name="Generations">The recorded plans.</param>
/// <param name="Installed">The record of the host's OpenStack release.</param>
/// <param name="Secrets">The recorded secrets.</param>
/// <param name="Time">The clock.</param>
/// <param name="Events">Receives the operation's events.</param>
public sealed record OperationContext(
    IProcessRunner Runner,
    Func<HttpMessageHandler> Connection,
    ToolHome Tool,
    GenerationStore Generations,
    InstalledRelease Installed,
    SecretRecord Secrets,
    TimeProvider Time,
    RunEvents Events)
{
    /// <summary>The directory of this tool's records about the host.</summary>
    public string StateDirectory { get; init; } = GenerationStore.StateDirectory;

    /// <summary>Where the first play puts this program.</summary>
    public string ProgramDirectory { get; init; } = Path.GetDirectoryName(AnsibleProject.NodeTool)!;

    /// <summary>Where image builds keep their files.</summary>
    public ImagePaths Images { get; init; } = new();

    /// <summary>The file that a run locks; processes that the run starts carry its name.</summary>
    public string LockFile => Path.Combine(StateDirectory, "lock");

    /// <summary>Ansible's temporary files of one run. They are not in /run, because Ansible copies the tool itself through this directory.</summary>
    public string TemporaryDirectory => Path.Combine(StateDirectory, "ansible-tmp");

    /// <summary>Makes plans from undercloud.conf.</summary>
    public Preparation Preparation => new(new Gatherer(Runner, Tool, Secrets, Time), Installed, Generations, Events);

    /// <summary>The agents of a plan's nodes.</summary>
    public NodeAgents Nodes { get => field ?? new(Runner, Connection, Time); init; }

    /// <summary>A phase that fails on demand; null for none.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Runs the phases that are needed, one after the other.</summary>
    public async Task RunAsync(IEnumerable<OperationPhase> phases, CancellationToken stop)
    {
        foreach (var phase in phases.Where(phase => phase.IsNeeded()))
        {
            stop.ThrowIfCancellationRequested();
            if (phase.IsAnnounced)
                Events.Phase(phase.Name);
            Fault?.Before(phase.Name);
            await phase.ApplyAsync(stop);
            Fault?.After(phase.Name);
        }
    }
}
