using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Prerequisites;

namespace Undercloud.Host.Operations;

/// <summary>Writes an archive of everything that an undercloud is made of and no installation can make again. It stops no service.</summary>
public sealed class BackupOperation
{
    private readonly OperationContext _context;
    private readonly BackupRequest _request;
    private readonly string _file;
    private BackupContents? _contents;
    private BackupManifest? _manifest;
    private BackupSources? _sources;
    private DatabaseStream? _databases;
    private RunLock? _lock;
    private bool _writes;

    /// <param name="context">The host's services that operations use.</param>
    /// <param name="request">What the operator asks for.</param>
    public BackupOperation(OperationContext context, BackupRequest request)
    {
        _context = context;
        _file = request.Output ?? Path.Combine(DirectoryOf(context), string.Create(CultureInfo.InvariantCulture, $"{NodeFileStreams.BackupPrefix}{context.Time.GetUtcNow():yyyyMMdd-HHmmss}{NodeFileStreams.BackupSuffix}"));
        _request = request with { Output = _file };
        Phases =
        [
            new("Contents", "Find out what belongs to the undercloud, and how large it is.", () => true, ContentsAsync),
            new("Space", "Make sure that there is room for the file.", () => !request.DryRun, _ => SpaceAsync()),
            new("Prerequisites", "Install the Debian package that compresses.", () => !request.DryRun, stop => new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.Backup], stop)),
            new("Archive", "Write databases and files.", () => !request.DryRun, ArchiveAsync),
            new("Verification", "Read the file back and compare it with its manifest.", () => !request.DryRun, async stop => _manifest = await File.CompleteAsync(stop)),
        ];
    }

    /// <summary>The phases, in order.</summary>
    public ImmutableArray<OperationPhase> Phases { get; }

    /// <summary>The free bytes of the file system of a directory that exists.</summary>
    public Func<string, long> FreeSpace { get; init; } = directory => new DriveInfo(directory).AvailableFreeSpace;

    private BackupContents Contents => _contents ?? throw new InvalidOperationException("Nothing is measured yet.");

    private BackupFile File => new(_context.Runner, _file);

    /// <summary>The directory of backups on a real host, unless the operator names a file.</summary>
    public const string Directory = $"{GenerationStore.StateDirectory}/backups";

    /// <summary>The directory of backups, unless the operator names a file.</summary>
    internal static string DirectoryOf(OperationContext context) => Path.Combine(context.StateDirectory, Path.GetFileName(Directory));

    /// <summary>Runs the phases.</summary>
    /// <exception cref="InstallException">A phase failed. No file is left.</exception>
    public async Task<BackupOutcome> RunAsync(CancellationToken stop)
    {
        try
        {
            await _context.RunAsync(Phases, stop);
            return new(Contents, _request.DryRun ? null : _file, _request.DryRun ? 0 : new FileInfo(_file).Length, _manifest);
        }
        finally
        {
            _lock?.Dispose();

            // Another backup may be writing to the same file.
            if (_writes && System.IO.File.Exists(File.Partial))
                System.IO.File.Delete(File.Partial);
        }
    }

    private async Task ContentsAsync(CancellationToken stop)
    {
        _context.Generations.CheckReadable();
        _lock = _request.DryRun || _context.Generations.Newest() is null ? null : await RunLock.TakeAsync(_context, "backup", stop);
        var (generation, plan) = Applied();
        var config = _request.Inputs.ReadConfig(new DiagnosticBag());
        _sources = new(_context, _request, config, generation, plan);
        _databases = new(_context, plan);
        _context.Events.Now("measuring the databases");
        var databaseBytes = await _databases.SizeAsync(stop);
        _contents = new()
        {
            Version = typeof(BackupOperation).Assembly.GetName().Version?.ToString(3) ?? "",
            Release = plan.Release,
            Created = _context.Time.GetUtcNow(),
            Generation = generation.Number,
            PlanHash = plan.Hash,
            Nodes = [.. plan.Nodes.Select(node => node.Name)],
            DeployingNode = plan.Nodes.FirstOrDefault(node => node.Connection is null)?.Name,
            HostName = (await HostFacts.GatherAsync(_context.Runner, stop)).Hostname,
            ConfigPath = _request.Inputs.ConfigPath,
            ConfigDirectories = _request.Inputs.ConfigDirectories,
            Compat = _request.Compat,
            Home = _request.Inputs.Home,
            Databases = _databases.Names,
            DatabaseBytes = databaseBytes,
            Parts = await _sources.MeasureAsync(stop),
            Excluded = _request.Exclude,
            Images = plan.Images,
        };
    }

    private (Generation, DeploymentPlan) Applied()
    {
        var newest = _context.Generations.Newest() ?? throw new InstallException("No undercloud is installed on this host, so there is nothing to back up.");
        var applied = _context.Generations.NewestApplied() ?? throw new InstallException($"Generation {newest.Number} was never applied to its end, so there is no undercloud to back up. Run `undercloud install` first.");
        if (applied.Number != newest.Number)
            _context.Events.Warn($"Generation {newest.Number} is not applied: the backup has what generation {applied.Number} says.");
        return (applied, _context.Generations.ReadPlan(applied.Number));
    }

    // Compressed data is smaller, but images often are compressed already.
    private Task SpaceAsync()
    {
        var directory = Path.GetDirectoryName(_file)!;
        if (System.IO.Directory.Exists(_file))
            throw new InstallException($"{_file} is a directory. Name a file.");
        System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var free = FreeSpace(directory);
        return Contents.Bytes <= free
            ? Task.CompletedTask
            : throw new RefusedException($"The backup may need {ByteSize.Text(Contents.Bytes)}, and the file system of {directory} has {ByteSize.Text(free)} free. Make room, name another file (`--output`), or leave out parts (`--exclude`).");
    }

    // Databases before the services' files: what a service stores in a file before it notes it in its database is then in both, or in the file alone.
    private Task ArchiveAsync(CancellationToken stop)
    {
        _writes = true;
        return File.WriteAsync(Contents, AddAsync, stop);
    }

    private async Task AddAsync(ArchiveWriter archive, CancellationToken token)
    {
        var configuration = Contents.Parts.Where(part => part is { Node: null, Name: BackupSources.Configuration }).ToList();
        foreach (var part in configuration)
            await PackAsync(archive, part, token);
        if (_databases!.Names.Length > 0)
        {
            _context.Events.Now("dumping the databases");
            await _databases.DumpAsync((dump, inner) => archive.AddAsync(ArchiveNames.Databases, dump, inner), token);
            _context.Events.Line($"databases: {string.Join(", ", Contents.Databases)}");
        }

        foreach (var part in Contents.Parts.Except(configuration))
            await PackAsync(archive, part, token);
    }

    private async Task PackAsync(ArchiveWriter archive, BackedUpPart part, CancellationToken stop)
    {
        _context.Events.Now($"packing {part.Name}");
        var differing = await _sources!.PackAsync(part, (tar, inner) => archive.AddAsync(part.Entry, tar, inner), stop);
        _context.Events.Line($"{part.Name}{(part.Node is null || Contents.Nodes.Count == 1 ? "" : $" of {part.Node}")}: {ByteSize.Text(part.Bytes)}");
        if (differing > 0)
            _context.Events.Line($"{differing} of these files changed or vanished while they were read, which is no error: the services go on during a backup.");
    }
}
