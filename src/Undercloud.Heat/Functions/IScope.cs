using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>
/// The scope of a function during its evaluation: its stack. A null answer means that the request failed and has been
/// reported already; the function then fails without a finding of its own.
/// </summary>
public interface IScope
{
    /// <summary>The value of a declared or pseudo parameter.</summary>
    Value? Parameter(string name, Function asker);

    /// <summary>Whether a named condition holds.</summary>
    bool? Condition(string name, Function asker);

    /// <summary>An attribute of a resource and the path into it; all attributes as a map when <paramref name="attribute"/> is null.</summary>
    Value? Attribute(string resource, string? attribute, ImmutableArray<Value> path, Function asker);

    /// <summary>The result of <c>get_resource</c> for a resource.</summary>
    Value? Reference(string resource, Function asker);

    /// <summary>Whether the template has a resource of that name.</summary>
    bool HasResource(string name);

    /// <summary>The content of a file, named as in the calling template.</summary>
    Value? File(string path, Function asker);

    /// <summary><c>metadata</c>, <c>deletion_policy</c> or <c>update_policy</c> of the resource that this stack implements.</summary>
    Value? Facade(string aspect, Function asker);

    /// <summary>Reports a finding.</summary>
    void Report(Diagnostic diagnostic);

    /// <summary>Consumes some of the output that the whole evaluation may produce; false, and reported, when nothing is left.</summary>
    bool Spend(long amount, Function asker);
}
