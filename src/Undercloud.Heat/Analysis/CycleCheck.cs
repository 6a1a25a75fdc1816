using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;

namespace Undercloud.Heat.Analysis;

/// <summary>
/// Finds resources of a template that wait for each other. References in the branches of an <c>if</c> are ignored: only one branch of each is
/// ever evaluated.
/// </summary>
internal static class CycleCheck
{
    public static void Check(TemplateSource template, DiagnosticBag findings)
    {
        var needs = template.References.Resources
            .Where(reference => reference is { Owner: not null, Certain: true } && template.Resources.ContainsKey(reference.Name))
            .ToLookup(reference => reference.Owner!, reference => reference.Name, StringComparer.Ordinal);
        if (needs.Count == 0)
            return;
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in template.Template.Resources)
        {
            if (From(resource.Name, needs, done) is { } cycle)
                Report(cycle, template, findings);
        }
    }

    // Depth first without recursion: a template may have a longer chain of resources than the stack has frames. A finished resource
    // is on no cycle that is not reported yet.
    private static List<string>? From(string start, ILookup<string, string> needs, HashSet<string> done)
    {
        if (!done.Add(start))
            return null;
        List<string>? found = null;
        var path = new List<string> { start };
        var open = new Dictionary<string, int>(StringComparer.Ordinal) { [start] = 0 };
        var next = new Stack<IEnumerator<string>>([needs[start].GetEnumerator()]);
        while (next.Count > 0)
        {
            if (!next.Peek().MoveNext())
            {
                next.Pop();
                open.Remove(path[^1]);
                path.RemoveAt(path.Count - 1);
            }
            else if (next.Peek().Current is var name && open.TryGetValue(name, out var place))
            {
                found ??= path[place..];
            }
            else if (done.Add(name))
            {
                open[name] = path.Count;
                path.Add(name);
                next.Push(needs[name].GetEnumerator());
            }
        }

        return found;
    }

    private static void Report(List<string> cycle, TemplateSource template, DiagnosticBag findings)
    {
        // The cycle begins with its first resource in the template, wherever the search found it.
        var first = cycle.IndexOf(cycle.MinBy(name => template.Resources[name].Span.Line)!);
        var names = cycle[first..].Concat(cycle[..first]).Append(cycle[first]);
        findings.Warning(
            template.Resources[cycle[first]].Span, "HOT023", $"Resources wait for each other: {string.Join(" -> ", names)}.",
            "Break the cycle: one of them must do without the other's attributes or depends_on.");
    }
}
