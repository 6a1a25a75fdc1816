using System.Collections.Immutable;
using System.Security.Cryptography;
using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Agent.Files;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;

namespace Undercloud.Host.Operations;

/// <summary>
/// Makes the undercloud of a backup on a fresh host: puts back the operator's files and the passwords, and installs. Between the phases of the installation,
/// the services' files and the databases are put back before a service uses them.
/// </summary>
public sealed class RestoreOperation
{
    // A server keeps indexes and logs beside the data.
    private const int LoadedFactor = 2;

    private readonly OperationContext _context;
    private readonly RestoreRequest _request;
    private BackupManifest? _manifest;
    private RestoreRecord? _record;
    private RunLock? _lock;

    /// <param name="context">The host's services that operations use.</param>
    /// <param name="request">The backup.</param>
    public RestoreOperation(OperationContext context, RestoreRequest request)
    {
        (_context, _request) = (context, request);
        Phases =
        [
            new("Prerequisites", "Install the Debian package that decompresses.", () => !request.DryRun, stop => new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.Backup], stop)),
            new("Verification", "Make sure that the backup is complete and fits this host.", () => true, VerifyAsync),
            new("Space", "Make sure that there is room for the data.", () => true, SpaceAsync),
            new("Configuration", "Put back undercloud.conf, the files that it names, and the passwords.", () => !request.DryRun && _record!.Stage < RestoreStage.Configuration, ConfigurationAsync),
        ];
    }

    /// <summary>The phases before those of the installation, in order.</summary>
    public ImmutableArray<OperationPhase> Phases { get; }

    private BackupManifest Manifest => _manifest ?? throw new InvalidOperationException("Nothing is verified yet.");

    private bool Resumes => _record is { Attempt: > 1 };

    // A later attempt meets what an earlier one has put there, and must not replace the operator's own files, which that one has kept.
    private string FormerSuffix => Resumes ? $".before-restore-{_record!.Attempt}" : ".before-restore";

    private BackupContents Contents => Manifest.Contents;

    private BackupFile File => new(_context.Runner, _request.File);

    // The deploying host's own node, and what belongs to no node.
    private IEnumerable<BackedUpPart> OwnParts => Contents.Parts.Where(part => part.Node is null || part.Node == Contents.DeployingNode);

    /// <summary>Runs the phases, and the installation.</summary>
    /// <exception cref="BackupException">The file is damaged, or no backup.</exception>
    /// <exception cref="RefusedException">The backup does not fit this host, or there is an undercloud already. Nothing was changed.</exception>
    /// <exception cref="InstallException">A phase failed. The same restore resumes.</exception>
    public async Task<RestoreOutcome> RunAsync(CancellationToken stop)
    {
        try
        {
            _lock = _request.DryRun ? null : await RunLock.TakeAsync(_context, "restore", stop);
            await _context.RunAsync(Phases, stop);
            if (_request.DryRun)
                return new(Manifest, null);
            var inputs = new RunRequest(Contents.ConfigPath, [.. Contents.ConfigDirectories], Contents.Home, Contents.Release, Contents.Compat is { } compat ? ConfigReleases.Named(compat) : ConfigRelease.None, _request.Validations) { NodesFile = _request.NodesFile };
            var installed = await new InstallOperation(_context, new(inputs, "restore", InstallGoal.Apply) { Held = _lock, RestoresAsync = DataAsync }).RunAsync(stop);
            RestoreRecord.Delete(_context.StateDirectory);
            return new(Manifest, installed);
        }
        finally
        {
            _lock?.Dispose();
        }
    }

    private async Task VerifyAsync(CancellationToken stop)
    {
        _context.Events.Now($"reading {_request.File}");
        _record = RestoreRecord.Read(_context.StateDirectory);
        _manifest = await File.ReadAsync(new ArchiveReader(_request.File) { OnContents = Check }, stop);
        var identity = Convert.ToHexStringLower(SHA256.HashData(BackupJson.Bytes(_manifest)));
        if (_record is { } unfinished && unfinished.Archive != identity)
            throw new RefusedException("A restore of another backup is unfinished on this host. Run it again with that backup, or remove what it has made: `undercloud uninstall --purge`.");
        _record = _record is null ? new(identity, RestoreStage.Begun) : _record with { Attempt = _record.Attempt + 1 };
        if (Resumes && !_request.DryRun)
            _record.Write(_context.StateDirectory);
        foreach (var part in Contents.Excluded)
            _context.Events.Warn($"The backup was made without {part}: what the databases say of it has no files.");
    }

    // All that can be said before the whole file is read.
    private void Check(BackupContents contents)
    {
        const string Purge = "A backup is restored onto a host without an undercloud. Use a fresh host, or remove this one with its data: `undercloud uninstall --purge`.";
        _context.Generations.CheckReadable();
        if (_record is null && _context.Generations.Newest() is { } newest)
            throw new RefusedException($"This host has an undercloud: generation {newest.Number}. {Purge}");
        if (_record is null && (_context.Installed.Read() is not null || _context.Secrets.Passwords() is not null))
            throw new RefusedException($"This host has the data of a former undercloud. {Purge}");
        if (OpenStackRelease.Of(contents.Release) is null)
            throw new RefusedException($"The backup is of the release {contents.Release}, and this program knows {string.Join(" and ", OpenStackRelease.All.Select(release => release.Name))}. Use the program that made the backup ({contents.Version}) or a newer one.");
        if ((contents.Nodes.Count > 1 || contents.DeployingNode is null) && _request.NodesFile is null)
            throw new RefusedException($"The backup is of the nodes {string.Join(", ", contents.Nodes)}. Name them as for the deployment: `undercloud restore FILE --nodes FILE`.");
    }

    private async Task SpaceAsync(CancellationToken stop)
    {
        if (_record!.Stage < RestoreStage.Files)
            await Streams(null).CheckRoomAsync([.. await NeededAsync(null, OwnParts, stop), .. Contents.Nodes.Count == 1 ? new[] { new BackedUpPath("/var/lib", Contents.DatabaseBytes * LoadedFactor) } : []], stop);
    }

    private async Task ConfigurationAsync(CancellationToken stop)
    {
        _record!.Write(_context.StateDirectory);

        // Services are registered under the host's name.
        if ((await HostFacts.GatherAsync(_context.Runner, stop)).Hostname is var name && Contents.DeployingNode is not null && name != Contents.HostName)
        {
            await new HostnamePart(_context.Nodes.Layout, _context.Runner).SetAsync(Contents.HostName, stop);
            _context.Events.Line($"The host's name is {Contents.HostName} now, as in the backup. It was {name}.");
        }

        var configuration = Contents.Parts.First(part => part is { Node: null, Name: BackupSources.Configuration });
        await File.ReadStreamAsync(
            configuration.Entry,
            (tar, token) => Streams(null).UnpackAsync(tar, [Path.Combine(_context.StateDirectory, "generations")], FormerSuffix, token),
            stop);
        Reached(RestoreStage.Configuration);
        _context.Events.Line($"Put back: {string.Join(", ", configuration.Paths.Select(path => path.Path).Where(path => !path.StartsWith(_context.StateDirectory, StringComparison.Ordinal)))}.");
    }

    private async Task DataAsync(PreparedRun run, CancellationToken stop)
    {
        // Before undercloud.conf was put back, nobody knew where the log is.
        _context.Events.Subscribe(new RunLog(run.Config.LogFile), withPast: true);
        var project = Gatherer.ProjectDirectory(run.Config);
        if (_record!.Stage < RestoreStage.Files)
        {
            await CheckNodesAsync(run.Plan, stop);

            // The agent makes the directories first, so that they are on record as the undercloud's own.
            await new PlaybookRun(_context).RunAsync(project, stop, AnsibleProject.StepTag(0));
            await FilesAsync(run.Plan, stop);
            Reached(RestoreStage.Files);
        }

        if (_record.Stage < RestoreStage.Databases && Contents.Databases.Count > 0)
        {
            var databases = new DatabaseStream(_context, run.Plan);
            if (databases.Node is null)
                throw new InstallException($"The backup has the databases {string.Join(", ", Contents.Databases)}, and no node of the plan has a database server. Correct the roles, and run this again.");
            await new PlaybookRun(_context).RunAsync(project, stop, [.. Enumerable.Range(0, databases.Step + 1).Select(AnsibleProject.StepTag)]);
            _context.Events.Phase("Databases");
            _context.Events.Now("loading the databases");
            await databases.ReadyAsync(stop);
            await File.ReadStreamAsync(ArchiveNames.Databases, databases.LoadAsync, stop);
            _context.Events.Line($"Loaded: {string.Join(", ", Contents.Databases)}.");
            Reached(RestoreStage.Databases);
        }
    }

    private async Task CheckNodesAsync(DeploymentPlan plan, CancellationToken stop)
    {
        var missing = Contents.Parts.Select(part => part.Node).OfType<string>().Distinct().Except(plan.Nodes.Select(node => node.Name)).ToList();
        if (missing.Count > 0)
            throw new InstallException($"The backup has files of {string.Join(", ", missing)}, and the plan has no such nodes: {string.Join(", ", plan.Nodes.Select(node => node.Name))}. Name the nodes as before, and run this again.");
        foreach (var node in plan.Nodes.Where(node => node.Connection is not null))
            await Streams(node).CheckRoomAsync(await NeededAsync(node, Contents.Parts.Where(part => part.Node == node.Name), stop), stop);
    }

    // A resumed restore finds a part of the files in place.
    private async Task<ImmutableArray<BackedUpPath>> NeededAsync(NodePlan? node, IEnumerable<BackedUpPart> parts, CancellationToken stop)
    {
        ImmutableArray<BackedUpPath> paths = [.. parts.SelectMany(part => part.Paths)];
        return Resumes ? await Streams(node).RemainingAsync(paths, stop) : paths;
    }

    private async Task FilesAsync(DeploymentPlan plan, CancellationToken stop)
    {
        _context.Events.Phase("Files");
        var parts = Contents.Parts.Where(part => part is not { Node: null, Name: BackupSources.Configuration }).ToDictionary(part => part.Entry, StringComparer.Ordinal);
        await File.ReadAsync(
            new ArchiveReader(_request.File)
            {
                OnStream = async (name, tar, token) =>
                {
                    if (!parts.TryGetValue(name, out var part))
                        return;
                    _context.Events.Now($"unpacking {part.Name}");
                    await Streams(plan.Nodes.FirstOrDefault(node => node.Name == part.Node)).UnpackAsync(tar, [], part.KeepsFormer ? FormerSuffix : null, token);
                    _context.Events.Line($"{part.Name}{(part.Node is null || plan.Nodes.Count == 1 ? "" : $" of {part.Node}")}: {ByteSize.Text(Manifest.BytesOf(name))}");
                },
            },
            stop);
    }

    private void Reached(RestoreStage stage)
    {
        _record = _record! with { Stage = stage };
        _record.Write(_context.StateDirectory);
    }

    private NodeFileStreams Streams(NodePlan? node) => new(node is null ? _context.Runner : _context.Nodes.RunnerOf(node), node?.Name ?? "this host");
}
