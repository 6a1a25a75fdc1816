using Undercloud.Host.Files;

namespace Undercloud.Host.Agent.Files;

/// <summary>The bytecode that Python stores beside a module of the tool when it is imported.</summary>
internal static class PythonBytecode
{
    /// <summary>Plans the removal of a module's bytecode, and of its directory when nothing else is in it.</summary>
    public static void Remove(AgentPlan plan, string module)
    {
        // PEP 3147: __pycache__/MODULE.INTERPRETER.pyc beside MODULE.py.
        var cache = Path.Combine(Path.GetDirectoryName(module)!, "__pycache__");
        if (!module.EndsWith(".py", StringComparison.Ordinal) || FileStatus.Of(cache)?.Kind != FileKind.Directory)
            return;
        var prefix = Path.GetFileNameWithoutExtension(module) + ".";
        foreach (var file in Directory.EnumerateFiles(cache, "*.pyc").Where(file => Path.GetFileName(file).StartsWith(prefix, StringComparison.Ordinal)))
        {
            plan.Gone.Add(file);
            plan.Add(null, () => File.Delete(file));
        }

        if (!Directory.EnumerateFileSystemEntries(cache).All(plan.Gone.Contains))
            return;
        plan.Gone.Add(cache);
        plan.Add(null, () =>
        {
            if (!Directory.EnumerateFileSystemEntries(cache).Any())
                Directory.Delete(cache);
        });
    }
}
