using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;

namespace Undercloud.Host.Containers;

/// <summary>The paths of the containers' files on a host.</summary>
public sealed record ContainerPaths
{
    public string UnitDirectory { get; init; } = "/etc/systemd/system";

    /// <summary>The directory of units that do not outlast a restart of the host.</summary>
    public string TransientUnitDirectory { get; init; } = "/run/systemd/system";

    /// <summary>The directory of conmon's process ids; emptied when the host restarts.</summary>
    public string RunDirectory { get; init; } = "/run";

    /// <summary>Containers' standard output and standard error, <c>NAME.log</c>.</summary>
    public string LogDirectory { get; init; } = "/var/log/containers/stdouts";

    /// <summary>Successes of execs and of one-shots that leave no container (0600).</summary>
    public string RecordsFile { get; init; } = ToolState.Directory + "/execs.json";

    /// <summary>How long containers took to start (0600).</summary>
    public string StartTimesFile { get; init; } = ToolState.Directory + "/start-times.json";

    /// <summary>The lock file of an apply.</summary>
    public string LockFile { get; init; } = ToolState.Directory + "/containers.lock";

    /// <summary>The current action of an apply in one line, for the run that waits for it. The file exists only during the apply.</summary>
    public string ProgressFile { get; init; } = "/run/undercloud/containers-progress";

    /// <summary>The services that wait during an apply, for the next apply after a killed one. The file exists only while services wait.</summary>
    public string WaitingFile { get; init; } = "/run/undercloud/waiting-services";

    /// <summary>Where the kernel shows processes.</summary>
    public string ProcessDirectory { get; init; } = "/proc";

    /// <summary>Where the kernel shows control groups.</summary>
    public string ControlGroupDirectory { get; init; } = "/sys/fs/cgroup";

    /// <summary>The start-up configurations that an install wrote: <c>step_N.json</c>.</summary>
    public string StartupDirectory { get; init; } = StartupPlaces.Directory;

    /// <summary>The start-up configuration of a config id: <c>step_3.json</c> for <c>tripleo_step3</c>.</summary>
    public string StartupOf(string configId) =>
        Path.Combine(StartupDirectory, StartupPlaces.StepOf(configId) is { } step ? StartupPlaces.FileNameOf(step) : $"{configId}.json");

    /// <summary>The start-up configurations that an install wrote, with their config ids, in the order of the steps.</summary>
    public IEnumerable<(string ConfigId, string Path)> Startups() => Planner.Steps
        .Select(step => (StartupPlaces.ConfigIdOf(step), Path.Combine(StartupDirectory, StartupPlaces.FileNameOf(step))))
        .Where(startup => File.Exists(startup.Item2));
}
