namespace Undercloud.Deploy.Containers;

/// <summary>The purpose of a one-shot, so that an operation knows which one-shots need preparation.</summary>
public enum ContainerJob
{
    /// <summary>Creates what a service needs to exist; idempotent.</summary>
    Bootstrap,

    /// <summary>Changes the schema of <see cref="ContainerSpec.Databases"/>: the database is dumped before it, and a roll back needs that dump.</summary>
    Migrate,

    /// <summary>Updates derived data; it may be repeated at any time.</summary>
    Sync,
}

/// <summary>The names of jobs in start-up configurations.</summary>
public static class ContainerJobs
{
    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => Enum.GetValues<ContainerJob>().Select(NameOf);

    /// <summary>The name of a job.</summary>
    public static string NameOf(ContainerJob job) => job.ToString().ToLowerInvariant();

    /// <summary>The job of a name; null for an unknown name.</summary>
    public static ContainerJob? Named(string name) =>
        Enum.GetValues<ContainerJob>().Where(job => NameOf(job) == name).Select(job => (ContainerJob?)job).FirstOrDefault();
}
