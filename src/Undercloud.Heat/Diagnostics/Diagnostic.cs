using System.Collections.Immutable;

namespace Undercloud.Heat.Diagnostics;

/// <summary>The severity of a finding.</summary>
public enum Severity
{
    Warning,
    Error,
}

/// <summary>A place in an input file. Line and column count from 1; 0 means the file as a whole.</summary>
public readonly record struct SourceSpan(string Path, int Line, int Column)
{
    /// <summary><c>path:line:column</c>, the form that editors and terminals turn into a link.</summary>
    public override string ToString() => Line == 0 ? Path : Column == 0 ? $"{Path}:{Line}" : $"{Path}:{Line}:{Column}";
}

/// <summary>One finding about the user's input: what is wrong, where, and what to do.</summary>
/// <param name="Severity">Whether the run can continue.</param>
/// <param name="Code">A stable code, e.g. HOT012.</param>
/// <param name="Message">What is wrong, a sentence.</param>
/// <param name="Location">The place, when the input is a file.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
public sealed record Diagnostic(Severity Severity, string Code, string Message, SourceSpan? Location = null, string? Remedy = null)
{
    /// <summary>The enclosing resources, root first, e.g. [undercloud, RoleChain, 3, Keystone].</summary>
    public ImmutableArray<string> ResourcePath { get; init; } = [];

    /// <summary>One finding as lines of text: place, message, path, remedy.</summary>
    public override string ToString()
    {
        var place = Location is { } location ? $"{location}: " : "";
        var path = ResourcePath.IsDefaultOrEmpty ? "" : $"\n  in {string.Join(" > ", ResourcePath)}";
        var remedy = Remedy is null ? "" : $"\n  {Remedy}";
        return $"{place}{(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message}{path}{remedy}";
    }
}
