using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Containers;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Applies the empty plan: removes everything that the tool made except state, and with a purge the state as well.</summary>
public sealed class UninstallOperation
{
    // The role of a host without a readable plan.
    private const string UsualRole = "Undercloud";

    private readonly OperationContext _context;
    private readonly UndercloudConfig _config;
    private readonly bool _purge;
    private readonly DeploymentPlan? _last;
    private RunLock? _lock;
    private bool _changed;

    /// <param name="context">The host's services that operations use.</param>
    /// <param name="config">undercloud.conf, for the paths of the operator's files.</param>
    /// <param name="purge">Whether state directories, databases and passwords are removed as well.</param>
    public UninstallOperation(OperationContext context, UndercloudConfig config, bool purge)
    {
        (_context, _config, _purge) = (context, config, purge);
        _last = context.Generations.NewestReadablePlan();
        Phases =
        [
            new("Project", "Wait for other runs, and write the Ansible project of the empty plan.", () => true, WriteAsync),
            new("Apply", "Play the project: containers, firewall, network, files.", () => true, async stop => _changed = await new PlaybookRun(context).RunAsync(Project, stop)) { IsAnnounced = false },
            new("Other nodes", "Remove the program and its records from the other nodes, as long as it is recorded which these are.", () => OtherNodes.Any(), RemoveTracesAsync),
            new("Records", "Forget the generations; with a purge, the passwords too.", () => true, _ => ForgetAsync()),
        ];
    }

    /// <summary>The phases, in order.</summary>
    public ImmutableArray<OperationPhase> Phases { get; }

    /// <summary>Whether there is anything to remove.</summary>
    public bool IsNeeded => _last is not null || Directory.Exists(_context.StateDirectory);

    private IEnumerable<NodePlan> OtherNodes => (_last?.Nodes ?? []).Where(node => node.Connection is not null);

    private string Project => Gatherer.ProjectDirectory(_config);

    /// <summary>Runs the phases.</summary>
    /// <returns>Whether anything on a node was changed.</returns>
    /// <exception cref="InstallException">A task failed.</exception>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        try
        {
            await _context.RunAsync(Phases, stop);
        }
        finally
        {
            _lock?.Dispose();
        }

        RemoveOwnTraces();
        return _changed;
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        _lock = await RunLock.TakeAsync(_context, "uninstall", stop);
        var plan = _last is not null
            ? Planner.Empty(_last)
            : Planner.Empty(StackPlanner.Stack, _context.Installed.Read() ?? OpenStackRelease.Default.Name, StackPlanner.Stack, UsualRole);
        new ProjectDirectory(_context.Tool, Project).Write(plan, _purge, []);
    }

    private Task ForgetAsync()
    {
        _context.Generations.Clear();
        Directory.Delete(Project, recursive: true);
        if (_purge)
        {
            _context.Installed.Forget();
            _context.Secrets.Forget();
            File.Delete(Gatherer.PasswordsFile(_config));
            File.Delete(Gatherer.PasswordsConf(_config));
        }

        return Task.CompletedTask;
    }

    // This tool's records on a node. owned.json is not among them: it still records the kept state.
    private static IEnumerable<string> Records()
    {
        var containers = new ContainerPaths();
        return ["manifest.json", RestoreRecord.FileName, .. new[] { containers.LockFile, containers.RecordsFile, containers.StartTimesFile }.Select(path => Path.GetFileName(path)!)];
    }

    // The same on another node, where the program that was copied there cannot remove itself.
    private async Task RemoveTracesAsync(CancellationToken stop)
    {
        const string State = GenerationStore.StateDirectory;
        string[] gone = [Path.GetDirectoryName(AnsibleProject.NodeTool)!, $"{State}/ansible-tmp", $"{State}/{DatabaseDumps.Directory}", .. Records().Select(record => $"{State}/{record}"), .. _purge ? new[] { AnsibleProject.ReleaseFile } : []];
        foreach (var node in OtherNodes)
        {
            var runner = _context.Nodes.RunnerOf(node);
            var removed = await runner.RunAsync(new("rm", ["-rf", "--", SshConnection.Directory, .. gone]), stop);
            if (!removed.Succeeded)
                throw new InstallException($"This program and its records could not be removed from the node {node.Name}.\n{removed.Tail()}\nSee that the node can be reached, and run this again.");
            await runner.RunAsync(CommandLine.Of("rmdir", "--ignore-fail-on-non-empty", State), stop);
        }
    }

    // The program that the first play staged on this host, and this tool's records.
    private void RemoveOwnTraces()
    {
        var program = _context.ProgramDirectory;
        if (Directory.Exists(program) && !ToolHome.Program.StartsWith(program, StringComparison.Ordinal))
            Directory.Delete(program, recursive: true);
        foreach (var record in Records().Append(Path.GetFileName(_context.LockFile)))
            File.Delete(Path.Combine(_context.StateDirectory, record));
        if (Directory.Exists(Path.Combine(_context.StateDirectory, DatabaseDumps.Directory)))
            Directory.Delete(Path.Combine(_context.StateDirectory, DatabaseDumps.Directory), recursive: true);
        if (Directory.Exists(_context.TemporaryDirectory))
            Directory.Delete(_context.TemporaryDirectory, recursive: true);
        if (Directory.Exists(_context.StateDirectory) && !Directory.EnumerateFileSystemEntries(_context.StateDirectory).Any())
            Directory.Delete(_context.StateDirectory);
    }
}
