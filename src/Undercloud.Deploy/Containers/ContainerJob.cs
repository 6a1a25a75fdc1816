namespace Undercloud.Deploy.Containers;

/// <summary>What a one-shot is there for, so that an operation can tell which ones it has to prepare for.</summary>
public enum ContainerJob
{
    /// <summary>Makes what a service needs to exist at all; a second run finds it made.</summary>
    Bootstrap,

    /// <summary>Changes the schema of <see cref="ContainerSpec.Databases"/>: before it the database is dumped, and after it the way back needs that dump.</summary>
    Migrate,

    /// <summary>Brings derived data up to date; it may be repeated at any time.</summary>
    Sync,
}

/// <summary>The names of jobs in start-up configurations.</summary>
public static class ContainerJobs
{
    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => Enum.GetValues<ContainerJob>().Select(NameOf);

    /// <summary>The name of a job.</summary>
    public static string NameOf(ContainerJob job) => job.ToString().ToLowerInvariant();

    /// <summary>The job of a name; null for a name that none has.</summary>
    public static ContainerJob? Named(string name) =>
        Enum.GetValues<ContainerJob>().Where(job => NameOf(job) == name).Select(job => (ContainerJob?)job).FirstOrDefault();
}
