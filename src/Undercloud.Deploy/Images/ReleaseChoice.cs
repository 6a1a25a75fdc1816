using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Images;

/// <summary>Chooses the release of a run: the requested one, else the installed one.</summary>
public static class ReleaseChoice
{
    /// <summary>The release; null, with a finding, when the installed release is another one than requested.</summary>
    /// <param name="wanted">The requested release; null for none.</param>
    /// <param name="installed">The release of the host's undercloud, or of the data that a former undercloud left; null when there is none.</param>
    public static OpenStackRelease? For(string? wanted, string? installed, DiagnosticBag diagnostics)
    {
        var name = wanted ?? installed ?? OpenStackRelease.Default.Name;
        if (OpenStackRelease.Of(name) is not { } release)
        {
            diagnostics.Error(null, "REL001", $"There is no release '{name}'.", $"There are: {string.Join(", ", OpenStackRelease.All.Select(known => known.Name))}.");
            return null;
        }

        if (installed is null || installed == name)
            return release;
        diagnostics.Error(null, "REL002", Refusal(release, installed), Remedy(name, installed));
        return null;
    }

    private static string Refusal(OpenStackRelease release, string installed) =>
        OpenStackRelease.Of(installed) is { } there && there.IsBefore(release)
            ? $"This host's undercloud, or the data that one left, is of release {installed}. An upgrade from {installed} to {release.Name} is not something that this tool can do yet."
            : $"This host's undercloud, or the data that one left, is of release {installed}. There is no way back from {installed} to {release.Name}, whose services cannot read its databases.";

    private static string Remedy(string name, string installed) =>
        $"Leave --release out to stay with {installed}. For {name} without the data: undercloud uninstall --purge, and then undercloud install --release {name}.";
}
