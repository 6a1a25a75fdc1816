using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Host.Operations;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;
using Undercloud.Tests.Install;
using Undercloud.Tests.Node;

namespace Undercloud.Tests.Backups;

/// <summary>A host with an undercloud whose state is in a directory of its own.</summary>
internal sealed class BackedUpHost : IDisposable
{
    // Two services: one with a database, and the server of it.
    private const string Roles = "- name: Undercloud\n  tags: [primary, controller]\n  ServicesDefault:\n    - OS::TripleO::Services::MySQL\n    - OS::TripleO::Services::Memcached\n";

    private readonly string _elsewhere = Directory.CreateTempSubdirectory("undercloud-backups-").FullName;

    public BackedUpHost()
    {
        Zstd.Require();
        Runner = new(Installation.Host);
        Ready();
    }

    /// <summary>Gives the host what an install needs: packages and images.</summary>
    public void Ready() =>
        Installation.Host.Clear()
            .Do("podman image ls", _ => (0, Installation.Images(), ""))
            .Answer("dpkg-query", string.Concat(PrerequisiteSet.Install.Packages.Concat(PrerequisiteSet.ImageBuild.Packages).Concat(PrerequisiteSet.Backup.Packages).Select(name => $"installed {name}\n")));

    public FakeInstallation Installation { get; } = new();

    public BackupHost Runner { get; }

    /// <summary>The backup, which is not among what is backed up.</summary>
    public string Archive => System.IO.Path.Combine(_elsewhere, "my.tar.zst");

    public OperationContext Context => Installation.Context with
    {
        Runner = Runner,
        Nodes = new(Runner, Installation.Context.Connection, new JumpingTime()) { Local = () => Installation.Agent },
    };

    public string Path(string name) => System.IO.Path.Combine(Installation.Home, "data", name);

    /// <summary>Writes a file with data.</summary>
    public string Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), content);
        return Path(name);
    }

    public BackupRequest Request()
    {
        var inputs = Installation.Request();
        File.WriteAllText(System.IO.Path.Combine(Installation.Home, "roles.yaml"), Roles);
        return new(inputs, Archive);
    }

    public BackupOperation Backup(bool dryRun = false, long freeSpace = long.MaxValue) => new(Context, Request() with { DryRun = dryRun }) { FreeSpace = _ => freeSpace };

    public RestoreOperation Restore(bool dryRun = false) => new(Context, new(Archive) { DryRun = dryRun, Validations = false });

    /// <summary>Makes an undercloud with data, as generation 4.</summary>
    public void Applied()
    {
        Write("glance/images/one", "image");
        Write("glance/staging/two", "half");
        Write("swift/d1/three", "object");
        Write("swift/d1/undercloud-backup-20260101-000000.tar.zst", "an earlier one");
        Request();
        File.WriteAllText(Installation.Passwords, "parameter_defaults: {AdminPassword: secret-of-the-admin}\n");
        Installation.Secrets.Keep(new MapValue([new("AdminPassword", "secret-of-the-admin")]), ["secret-of-the-admin"]);
        File.WriteAllText(System.IO.Path.Combine(Installation.State, "owned.json"), "{}");
        var plan = Plan();
        Installation.Generations.Write(new(4, GenerationState.Applied, plan.Hash, "install", DateTimeOffset.UnixEpoch), plan);
    }

    /// <summary>Makes the host a fresh one: only the backup is there.</summary>
    public void Fresh()
    {
        foreach (var directory in new[] { Installation.State, System.IO.Path.Combine(Installation.Home, "data"), Installation.Project }.Where(Directory.Exists))
            Directory.Delete(directory, recursive: true);
        foreach (var file in Directory.GetFiles(Installation.Home))
            File.Delete(file);
        Runner.Lines.Clear();
    }

    /// <summary>The names of the files in the streams of the backup.</summary>
    public async Task<string[]> ListAsync(string streams)
    {
        var listed = await new ProcessRunner(TimeProvider.System).RunAsync(
            CommandLine.Of("bash", "-euo", "pipefail", "-c", "zstd -dcq \"$1\" | tar -xO --wildcards \"$2\" | tar -t --ignore-zeros", "--", Archive, streams), TestContext.Current.CancellationToken);
        return listed.OrThrow().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose()
    {
        Installation.Dispose();
        Directory.Delete(_elsewhere, recursive: true);
    }

    private DeploymentPlan Plan() => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Images = new SortedDictionary<string, string> { ["localhost/undercloud/keystone:zed"] = new('a', 64) },
        Nodes =
        [
            new()
            {
                Role = "Undercloud",
                Manifest = new() { Node = "undercloud" },
                DatabaseServer = new("mysql", ["schema"], ["mariadb-dump", "--databases"], ["mariadb"]) { Size = ["size"] },
                Databases = ["glance", "keystone"],
                Backup = [new("glance", [Path("glance")], [Path("glance/staging")]), new("swift", [Path("swift/d1"), Path("swift/none")], [])],
                Containers = new SortedDictionary<int, System.Collections.Immutable.ImmutableArray<ContainerSpec>> { [1] = [new() { Name = "mysql", Kind = ContainerKind.Service, Image = "localhost/undercloud/mysql:zed" }] },
            },
        ],
    };
}
