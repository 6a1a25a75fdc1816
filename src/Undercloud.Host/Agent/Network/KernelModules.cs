namespace Undercloud.Host.Agent.Network;

/// <summary>The modules of this host's kernel.</summary>
public static class KernelModules
{
    /// <summary>Whether the kernel has a module built in or loaded, or can load it.</summary>
    public static bool Has(string module)
    {
        if (Directory.Exists($"/sys/module/{module}"))
            return true;
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return new[] { "modules.dep", "modules.builtin" }
            .Select(list => $"/lib/modules/{kernel}/{list}")
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Any(line => Path.GetFileName(line.Split(':')[0]).Split('.')[0] == module);
    }
}
