using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>What a backup is made of: the parts that the services of the plan declare, the operator's own files, and the records of this host.</summary>
internal sealed class BackupSources
{
    /// <summary>The part with the operator's files and the records, which is always there.</summary>
    public const string Configuration = "configuration";

    /// <summary>The part with what the operator added.</summary>
    public const string Added = "added";

    private readonly OperationContext _context;
    private readonly BackupRequest _request;
    private readonly DeploymentPlan _plan;
    private readonly ImmutableArray<(NodePlan? Node, BackupPart Part)> _parts;

    /// <param name="context">What it works with.</param>
    /// <param name="request">What the operator asks for.</param>
    /// <param name="config">undercloud.conf, effective.</param>
    /// <param name="generation">The generation of the plan.</param>
    /// <param name="plan">The applied plan.</param>
    /// <exception cref="InstallException">A part or a path that the operator names does not exist.</exception>
    public BackupSources(OperationContext context, BackupRequest request, UndercloudConfig config, Generation generation, DeploymentPlan plan)
    {
        (_context, _request, _plan) = (context, request, plan);
        var names = plan.Nodes.SelectMany(node => node.Backup).Select(part => part.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (plan.Nodes.All(node => node.Backup.Count + node.Databases.Count == 0))
            throw new InstallException($"The plan of generation {generation.Number} is of an older undercloud, which did not record what a backup consists of. Run `undercloud install` first.");
        var unknown = request.Exclude.Except(names).ToList();
        if (unknown.Count > 0)
            throw new InstallException($"There is no part {string.Join(", ", unknown)} to leave out. There are: {string.Join(", ", names)}.");
        var missing = request.AddPaths.Where(path => !Path.Exists(path)).ToList();
        if (missing.Count > 0)
            throw new InstallException($"These paths to add do not exist: {string.Join(", ", missing)}.");
        _parts =
        [
            (null, new(Configuration, [.. OperatorFiles.Paths(request.Inputs, config), .. Records(generation.Number)], []) { KeepsFormer = true }),
            .. plan.Nodes.SelectMany(node => node.Backup.Where(part => !request.Exclude.Contains(part.Name)).Select(part => ((NodePlan?)node, part))),
            .. request.AddPaths.IsEmpty ? [] : new[] { ((NodePlan?)null, new BackupPart(Added, request.AddPaths, []) { KeepsFormer = true }) },
        ];
    }

    /// <summary>The parts with the sizes of their files; a part without files is left out.</summary>
    public async Task<ImmutableArray<BackedUpPart>> MeasureAsync(CancellationToken stop)
    {
        var measured = ImmutableArray.CreateBuilder<BackedUpPart>();
        foreach (var (node, part) in _parts)
        {
            _context.Events.Now($"measuring {part.Name}");
            if (await Streams(node).MeasureAsync(part.Paths, Excluded(part), stop) is { IsEmpty: false } paths)
                measured.Add(new(part.Name, node?.Name, paths) { KeepsFormer = part.KeepsFormer });
        }

        return measured.ToImmutable();
    }

    /// <summary>Packs a part.</summary>
    /// <returns>The number of files that changed or vanished while they were read.</returns>
    public Task<int> PackAsync(BackedUpPart measured, Func<Stream, CancellationToken, Task> read, CancellationToken stop)
    {
        var (node, part) = _parts.First(one => one.Part.Name == measured.Name && one.Node?.Name == measured.Node);
        return Streams(node).PackAsync(measured.Paths.Select(path => path.Path), Excluded(part), read, stop);
    }

    private ImmutableArray<string> Excluded(BackupPart part) => [.. part.Exclude, .. _request.ExcludePaths, BackupOperation.DirectoryOf(_context), .. _request.Output is { } output ? new[] { output, $"{output}.partial" } : []];

    private NodeFileStreams Streams(NodePlan? node) => new(node is null ? _context.Runner : _context.Nodes.RunnerOf(node), node?.Name ?? "this host");

    // Not owned.json: it records what the host was like before, which another host is not.
    private IEnumerable<string> Records(int generation) =>
        new[] { _context.Secrets.PasswordsFile, Path.Combine(_context.StateDirectory, "secrets.json"), Path.Combine(_context.StateDirectory, "generations", $"{generation}") }.Where(Path.Exists);
}
