using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Analysis;

/// <summary>A name to which a function of a template refers.</summary>
/// <param name="Name">The name.</param>
/// <param name="Span">The place of the function.</param>
internal readonly record struct NameReference(string Name, SourceSpan Span);

/// <summary>A resource to which another resource or an output refers.</summary>
/// <param name="Function">get_attr, get_resource or depends_on.</param>
/// <param name="Name">The resource's name.</param>
/// <param name="Attribute">The attribute's name, where it is written.</param>
/// <param name="Next">The component after the attribute, where it is a string.</param>
/// <param name="Owner">The resource that contains the reference; null in an output.</param>
/// <param name="Certain">Whether the reference is evaluated whenever its owner exists: not in a branch of an if.</param>
/// <param name="Span">The place of the function.</param>
internal sealed record ResourceReference(
    string Function, string Name, string? Attribute, string? Next, string? Owner, bool Certain, SourceSpan Span);

/// <summary>Everything that a template's functions name literally, and suspicious calls.</summary>
internal sealed record TemplateReferences
{
    public ImmutableArray<NameReference> Parameters { get; init; } = [];

    /// <summary>Whether the name of some parameter is known only in the stack.</summary>
    public bool AnyParameter { get; init; }

    public ImmutableArray<ResourceReference> Resources { get; init; } = [];

    public ImmutableArray<NameReference> Conditions { get; init; } = [];

    /// <summary>The files named by get_file, their paths resolved.</summary>
    public ImmutableArray<NameReference> Files { get; init; } = [];

    /// <summary>Warnings about calls: malformed, data that looks like a function, replacements of text that does not occur.</summary>
    public ImmutableArray<Diagnostic> Calls { get; init; } = [];

    /// <summary>The names of properties and shared properties that other resources get.</summary>
    public ImmutableHashSet<string> Given { get; init; } = [];
}
