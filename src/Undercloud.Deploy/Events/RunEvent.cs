using System.Text.Json.Serialization;

namespace Undercloud.Deploy.Events;

/// <summary>
/// One event of a run. The set is closed: every subscriber knows all kinds. The names in JSON are written to disk and
/// never change.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RunStarted), "run_started")]
[JsonDerivedType(typeof(PhaseStarted), "phase_started")]
[JsonDerivedType(typeof(TaskStarted), "task_started")]
[JsonDerivedType(typeof(TaskProgress), "task_progress")]
[JsonDerivedType(typeof(TaskDone), "task_done")]
[JsonDerivedType(typeof(TaskFailed), "task_failed")]
[JsonDerivedType(typeof(ResourceChanged), "resource_changed")]
[JsonDerivedType(typeof(ContainerReady), "container_ready")]
[JsonDerivedType(typeof(Note), "note")]
[JsonDerivedType(typeof(Warning), "warning")]
[JsonDerivedType(typeof(ProgramOutput), "program_output")]
[JsonDerivedType(typeof(RunFailed), "run_failed")]
[JsonDerivedType(typeof(RunCompleted), "run_completed")]
public abstract record RunEvent
{
    /// <summary>The time, UTC. The stream sets it.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The same event, with <paramref name="mask"/> applied to each free text.</summary>
    public virtual RunEvent Masked(Func<string, string> mask) => this;
}

/// <summary>A run begins.</summary>
/// <param name="Command">e.g. install.</param>
/// <param name="ConfigPath">The undercloud.conf that it uses.</param>
public sealed record RunStarted(string Command, string ConfigPath) : RunEvent;

/// <summary>A phase begins, e.g. Step 3.</summary>
public sealed record PhaseStarted(string Name) : RunEvent;

/// <summary>A task of the phase begins.</summary>
public sealed record TaskStarted(string Name) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Name = mask(Name) };
}

/// <summary>The progress of the current task.</summary>
/// <param name="Name">The task.</param>
/// <param name="Text">What the task is doing.</param>
public sealed record TaskProgress(string Name, string Text) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Text = mask(Text) };
}

/// <summary>A task succeeded on a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Name">The task.</param>
/// <param name="Seconds">How long it took; null when it was not measured.</param>
/// <param name="Changed">Whether it changed the node.</param>
/// <param name="Summary">What it changed, in a few words; null when it changed nothing.</param>
public sealed record TaskDone(string Node, string Name, double? Seconds, bool Changed, string? Summary) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Summary = Summary is null ? null : mask(Summary) };
}

/// <summary>A task failed on a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Name">The task.</param>
/// <param name="Text">The error's details, in lines.</param>
public sealed record TaskFailed(string Node, string Name, string Text) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Text = mask(Text) };
}

/// <summary>One resource on a node was changed.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">file, container, user, …</param>
/// <param name="Name">The resource's name.</param>
/// <param name="Action">create, update, replace, …</param>
/// <param name="Reason">Why; null where the action explains itself.</param>
public sealed record ResourceChanged(string Node, string Kind, string Name, string Action, string? Reason) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Reason = Reason is null ? null : mask(Reason) };
}

/// <summary>A container that was started became healthy.</summary>
/// <param name="Node">The node.</param>
/// <param name="Name">The container.</param>
/// <param name="Seconds">The time since its start.</param>
public sealed record ContainerReady(string Node, string Name, double Seconds) : RunEvent;

/// <summary>Something was done that deserves a permanent line.</summary>
public sealed record Note(string Text) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Text = mask(Text) };
}

/// <summary>A warning: the run continues.</summary>
public sealed record Warning(string Text) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Text = mask(Text) };
}

/// <summary>A program's output that is no event, for the log only.</summary>
public sealed record ProgramOutput(string Text) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Text = mask(Text) };
}

/// <summary>The run failed or was interrupted.</summary>
/// <param name="Text">Reason, place, cause and remedy.</param>
/// <param name="Interrupted">Whether the operator interrupted it.</param>
/// <param name="Repeats">Whether <paramref name="Text"/> repeats a <see cref="TaskFailed"/>.</param>
public sealed record RunFailed(string Text, bool Interrupted = false, bool Repeats = false) : RunEvent
{
    public override RunEvent Masked(Func<string, string> mask) => this with { Text = mask(Text) };
}

/// <summary>The run succeeded.</summary>
/// <param name="Changed">Whether it changed anything.</param>
/// <param name="Text">The result in one line.</param>
public sealed record RunCompleted(bool Changed, string Text) : RunEvent;
