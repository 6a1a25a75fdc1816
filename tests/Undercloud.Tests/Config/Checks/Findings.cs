using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config.Checks;

/// <summary>What is found in a file, apart from options that have no effect yet and old names.</summary>
internal static class Findings
{
    private static readonly string[] s_leftOut = [ConfigCodes.NotSupported, ConfigCodes.Deprecated, ConfigCodes.NoEffect];

    /// <summary>All findings as text, a line each and one for each remedy.</summary>
    public static string Text(string file) => string.Join('\n', All(file));

    public static List<Diagnostic> All(string file)
    {
        var diagnostics = new DiagnosticBag();
        UndercloudConfig.Read(file, "f", "/home/stack", diagnostics);
        return [.. diagnostics.All.Where(finding => !s_leftOut.Contains(finding.Code))];
    }

    /// <summary>The one finding of a file.</summary>
    public static string Only(string file) => Assert.Single(All(file)).ToString();

    public static void None(string file) => Assert.Equal("", Text(file));
}
