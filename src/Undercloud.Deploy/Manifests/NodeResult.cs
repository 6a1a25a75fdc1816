namespace Undercloud.Deploy.Manifests;

/// <summary>The result of an agent verb, or of its <c>--check</c>: printed as JSON, read by the Ansible module and by diff.</summary>
/// <param name="Changed">Whether anything was (or would be) changed.</param>
/// <param name="Changes">One entry per changed thing.</param>
/// <param name="Failed">Whether the verb failed.</param>
/// <param name="Message">What failed and what to do; null when nothing did.</param>
public sealed record NodeResult(bool Changed, IReadOnlyList<NodeChange> Changes, bool Failed = false, string? Message = null)
{
    /// <summary>Notes for the operator although nothing failed, e.g. a directory that stays because others put files into it.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];
}

/// <summary>One change.</summary>
/// <param name="Kind">directory, file, block, hostname, unit, address, container, user, endpoint, …</param>
/// <param name="Name">A path, a container's name, …</param>
/// <param name="Action">create, update, replace, restart, start, run, remove.</param>
/// <param name="Reason">Why, a few words, e.g. "image differs".</param>
/// <param name="Diff">A unified diff with unmasked secrets (the printer masks), where there is one.</param>
/// <param name="Private">Whether not every user of the node may read it: only a printer that masks shows its diff.</param>
public sealed record NodeChange(
    string Kind,
    string Name,
    string Action,
    string? Reason = null,
    string? Diff = null,
    bool Private = false)
{
    /// <summary>For a container that was started: seconds until its health check succeeded; null where they were not measured.</summary>
    public double? Seconds { get; init; }

    /// <summary>Of several nodes, the node; null for the only one.</summary>
    public string? Node { get; init; }
}
