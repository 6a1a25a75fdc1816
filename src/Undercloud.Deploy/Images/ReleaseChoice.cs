using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Images;

/// <summary>Which release a run is for: the one asked for, else the one that is there.</summary>
public static class ReleaseChoice
{
    /// <summary>The release, or null when what is there is of another one than asked for; that is a finding.</summary>
    /// <param name="wanted">What was asked for; null when nothing was said.</param>
    /// <param name="installed">What the host's undercloud, or the data that one left, is of; null when there is none.</param>
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
