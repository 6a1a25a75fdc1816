using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

/// <summary>Reads a text as undercloud.conf.</summary>
internal static class UndercloudConfigReading
{
    public static UndercloudConfig Of(string text, out ImmutableArray<Diagnostic> findings)
    {
        var bag = new DiagnosticBag();
        var config = UndercloudConfig.Read(text, "undercloud.conf", "/home/stack", bag);
        findings = bag.All;
        return config;
    }
}
