using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>
/// The node's nameservers, set through the component that controls them: systemd-resolved, resolvconf, or the file itself. In the file they are a block
/// at the beginning, since programs ask only the first three servers.
/// </summary>
internal sealed class ResolverPart(NodeLayout layout, IProcessRunner processes)
{
    private const string Block = "undercloud nameservers";
    private const string Record = "br-ctlplane.undercloud";

    private string DropIn => Path.Combine(layout.ResolvedDirectory, "undercloud.conf");

    private string RecordFile => Path.Combine(layout.ResolvconfDirectory, Record);

    public void Apply(AgentPlan plan, IReadOnlyList<string> nameservers)
    {
        if (nameservers.Count == 0)
            return;
        var kind = Kind();
        if (plan.Before.Resolver is { } before && before != kind)
            Undo(plan, before);
        plan.Owned = plan.Owned with { Resolver = kind };
        var (text, reason) = (string.Join(", ", nameservers), $"{Named(kind)}");
        switch (kind)
        {
            case ResolverKind.Resolved when Text(DropIn) is var there && DropInText(nameservers) is var wanted && there != wanted:
                plan.Add(new("nameservers", text, there is null ? "create" : "update", reason), stop => WriteDropInAsync(wanted, stop));
                break;
            case ResolverKind.Resolvconf when Text(RecordFile) is var there && Lines(nameservers) is var wanted && there?.TrimEnd() != wanted.TrimEnd():
                plan.Add(new("nameservers", text, there is null ? "create" : "update", reason), async stop => (await RunAsync(wanted, ["resolvconf", "-a", Record], stop)).OrThrow());
                break;
            case ResolverKind.File when Text(layout.ResolverFile) is var there && With(there ?? "", nameservers) is var wanted && there != wanted:
                plan.Add(new("nameservers", text, "update", reason), stop => WriteInPlaceAsync(wanted, stop));
                break;
        }
    }

    public void Prune(AgentPlan plan, IReadOnlyList<string> nameservers)
    {
        if (nameservers.Count > 0 || plan.Before.Resolver is not { } kind)
            return;
        plan.Owned = plan.Owned with { Resolver = null };
        Undo(plan, kind);
    }

    // Both replace the file that programs read by a symbolic link to their own file.
    private ResolverKind Kind()
    {
        var target = new FileInfo(layout.ResolverFile).LinkTarget ?? "";
        return target.Contains("/systemd/resolve/", StringComparison.Ordinal) ? ResolverKind.Resolved
            : target.Contains("/resolvconf/", StringComparison.Ordinal) ? ResolverKind.Resolvconf
            : ResolverKind.File;
    }

    private void Undo(AgentPlan plan, ResolverKind kind)
    {
        var change = new NodeChange("nameservers", Named(kind), "remove");
        switch (kind)
        {
            case ResolverKind.Resolved when File.Exists(DropIn):
                plan.Add(change, stop => WriteDropInAsync(null, stop));
                break;
            case ResolverKind.Resolvconf when File.Exists(RecordFile):
                plan.Add(change, async stop => (await RunAsync(null, ["resolvconf", "-d", Record], stop)).OrThrow());
                break;
            case ResolverKind.File when Text(layout.ResolverFile) is { } there && BlockText.Without(there, Block) is var without && without != there:
                plan.Add(change, stop => WriteInPlaceAsync(without, stop));
                break;
        }
    }

    private async Task WriteDropInAsync(string? text, CancellationToken stop)
    {
        if (text is null)
        {
            File.Delete(DropIn);
            if (Directory.Exists(layout.ResolvedDirectory) && !Directory.EnumerateFileSystemEntries(layout.ResolvedDirectory).Any())
                Directory.Delete(layout.ResolvedDirectory);
        }
        else
        {
            Directory.CreateDirectory(layout.ResolvedDirectory);
            await File.WriteAllTextAsync(DropIn, text, stop);
        }

        (await RunAsync(null, ["systemctl", "try-restart", "systemd-resolved.service"], stop)).OrThrow();
    }

    // In place: in a container the file is a mount point, which cannot be replaced by a rename.
    private Task WriteInPlaceAsync(string text, CancellationToken stop) => File.WriteAllTextAsync(layout.ResolverFile, text, stop);

    // The domain ~. gives these servers precedence over those of single interfaces (resolved.conf(5)).
    private static string DropInText(IReadOnlyList<string> nameservers) => $"# Written by `undercloud install`.\n[Resolve]\nDNS={string.Join(' ', nameservers)}\nDomains=~.\n";

    private static string Lines(IReadOnlyList<string> nameservers) => string.Concat(nameservers.Select(server => $"nameserver {server}\n"));

    private static string With(string text, IReadOnlyList<string> nameservers)
    {
        var block = BlockText.With("", Block, Lines(nameservers));
        return block + BlockText.Without(text, Block);
    }

    private static string Named(ResolverKind kind) => kind switch
    {
        ResolverKind.Resolved => "systemd-resolved",
        ResolverKind.Resolvconf => "resolvconf",
        _ => "resolv.conf",
    };

    /// <summary>The content of a file; null for a missing file or a broken link.</summary>
    public static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private Task<ProcessResult> RunAsync(string? input, string[] command, CancellationToken stop) =>
        processes.RunAsync(new CommandLine(command[0], [.. command[1..]]) with { Input = input, Timeout = TimeSpan.FromSeconds(30) }, stop);
}
