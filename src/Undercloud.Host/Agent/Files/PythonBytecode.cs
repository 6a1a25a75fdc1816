using Undercloud.Host.Files;

namespace Undercloud.Host.Agent.Files;

/// <summary>What Python keeps beside a module of ours once something has imported it.</summary>
internal static class PythonBytecode
{
    /// <summary>Plans the removal of a module's bytecode, and of the directory for it when nothing else is in there.</summary>
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
