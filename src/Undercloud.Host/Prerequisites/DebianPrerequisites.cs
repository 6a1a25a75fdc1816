using System.Collections.Immutable;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Prerequisites;

/// <summary>Installs missing Debian packages on this host.</summary>
public sealed class DebianPrerequisites(IProcessRunner processes, IProgressView progress)
{
    /// <summary>Installs the missing packages of the sets; does nothing when none is missing.</summary>
    /// <returns>The packages that were installed.</returns>
    /// <exception cref="PrerequisiteException">This host is no Debian, the user is not root, or apt failed.</exception>
    public async Task<ImmutableArray<string>> EnsureAsync(IReadOnlyCollection<PrerequisiteSet> sets, CancellationToken stop)
    {
        var purpose = string.Join(" and ", sets.Select(set => set.Purpose));
        var wanted = sets.SelectMany(set => set.Packages).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        var query = await processes.RunAsync(new("dpkg-query", ["--show", "--showformat=${db:Status-Status} ${Package}\n", .. wanted]), stop);
        if (query.ExitCode == 127)
        {
            throw new PrerequisiteException(
                $"This machine does not run Debian: there is no dpkg. Undercloud runs on Debian 12 and 13.\nNeeded {purpose}: {string.Join(", ", wanted)}.");
        }

        var missing = Missing(wanted, query.Output);
        if (missing.IsEmpty)
            return missing;
        if (!Environment.IsPrivilegedProcess)
            throw new PrerequisiteException($"Run this as root. These packages are missing, needed {purpose}: {string.Join(", ", missing)}.");
        await AptAsync("fetching Debian's package lists", ["update", "-q"], purpose, missing, stop);
        await AptAsync(
            $"installing {string.Join(", ", missing)}",
            ["install", "-y", "-q", "--no-install-recommends", .. missing],
            purpose,
            missing,
            stop);
        progress.Line($"installed {string.Join(", ", missing)}");
        return missing;
    }

    /// <summary>The packages that are not installed, from lines "installed NAME" of dpkg-query, which prints nothing for unknown names.</summary>
    internal static ImmutableArray<string> Missing(ImmutableArray<string> wanted, string query)
    {
        var installed = query.Split('\n').Where(line => line.StartsWith("installed ")).Select(line => line["installed ".Length..]).ToHashSet();
        return [.. wanted.Where(name => !installed.Contains(name))];
    }

    private async Task AptAsync(string doing, ImmutableArray<string> arguments, string purpose, ImmutableArray<string> missing, CancellationToken stop)
    {
        progress.Now(doing);
        var command = AptCommand.Of(arguments.AsSpan());
        var result = await processes.RunAsync(command, stop);
        if (result.Succeeded)
            return;
        throw new PrerequisiteException(
            $"apt could not install what is needed {purpose}: {string.Join(", ", missing)}.\n`{command}` failed with exit code {result.ExitCode}.\n{result.Tail()}\n"
            + "Make sure that `apt-get update` works on this machine (network, /etc/apt/sources.list), then run this again.");
    }
}
