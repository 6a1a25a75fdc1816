using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Adoption;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Adoption;

/// <summary>
/// Looks for an undercloud from packages on a node: units, packages, configuration files with keys, databases. It reads only, and works alike on this host and over
/// SSH. The answer holds secrets.
/// </summary>
/// <param name="runner">Runs programs on the node, as root.</param>
/// <param name="home">The operator's home directory on the node, with the file that the operator logs in with.</param>
public sealed partial class HostInspection(IProcessRunner runner, string home)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    // Each file as path and content in base64, separated by a tab. Files of services are small; what is larger is no configuration.
    private const string ReadFiles = """
        find "$@" -maxdepth 2 -type f -size -1024k 2>/dev/null | sort -u | while IFS= read -r file; do
            printf '%s\t' "$file" && base64 --wrap=0 "$file" && echo
        done
        """;

    /// <summary>What is there; without any unit when the node has no such services.</summary>
    public async Task<FoundHost> InspectAsync(CancellationToken stop)
    {
        var found = new FoundHost { Units = await UnitsAsync(stop) };
        if (!found.HasServices)
            return found;
        found = found with { Packages = await PackagesAsync(stop), Files = await FilesAsync(stop), Addresses = await AddressesAsync(stop) };
        var databases = await AskAsync("SHOW DATABASES", stop);
        if (databases is not { } names)
            return found;
        found = found with { HasDatabase = true, Databases = [.. names.Select(row => row[0])] };
        var answers = ImmutableDictionary.CreateBuilder<string, ImmutableArray<ImmutableArray<string>>>(StringComparer.Ordinal);
        foreach (var query in AdoptionReader.Queries(found))
        {
            if (await AskAsync(query.Sql, stop) is { } rows)
                answers.Add(query.Name, rows);
        }

        return found with { Answers = answers.ToImmutable() };
    }

    private async Task<ImmutableArray<FoundUnit>> UnitsAsync(CancellationToken stop)
    {
        string[] kinds = ["--type=service,socket,timer", "--no-legend", "--no-pager", "--plain", "--full"];
        var active = Lines(await RunAsync("systemctl", ["list-units", "--state=active,activating,reloading", .. kinds], stop)).Select(line => Fields(line)[0]).ToHashSet(StringComparer.Ordinal);

        // Another name of a unit, and a template of units, are none to stop. A unit of a template has no file of its own.
        var files = Lines(await RunAsync("systemctl", ["list-unit-files", .. kinds], stop)).Select(Fields).Where(fields => fields.Length > 1 && fields[1] != "alias" && !fields[0].Contains("@.", StringComparison.Ordinal));
        return
        [
            .. files.Select(fields => new FoundUnit(fields[0], fields[1], active.Contains(fields[0])))
                .Concat(active.Where(unit => unit.Contains('@')).Select(unit => new FoundUnit(unit, "enabled", true)))
                .Where(unit => PackagedService.OfUnit(unit.Name) is not null)
                .DistinctBy(unit => unit.Name).OrderBy(unit => unit.Name, StringComparer.Ordinal),
        ];
    }

    private async Task<ImmutableArray<string>> AddressesAsync(CancellationToken stop) =>
    [
        .. Fields((await RunAsync("hostname", ["--all-ip-addresses"], stop)).Replace('\n', ' ')), (await RunAsync("hostname", [], stop)).Trim(),
        .. (await runner.RunAsync(CommandLine.Of("hostname", "--fqdn") with { Timeout = s_limit }, stop)) is { Succeeded: true, Output: var name } ? new[] { name.Trim() } : [],
    ];

    private async Task<ImmutableSortedDictionary<string, string>> PackagesAsync(CancellationToken stop) =>
        Lines(await RunAsync("dpkg-query", ["--show", "--showformat=${db:Status-Status} ${Package} ${Version}\\n"], stop))
            .Select(Fields)
            .Where(fields => fields is ["installed", _, _] && PackagedService.OfPackage(fields[1]) is not null)
            .DistinctBy(fields => fields[1])
            .ToImmutableSortedDictionary(fields => fields[1], fields => fields[2], StringComparer.Ordinal);

    private async Task<ImmutableSortedDictionary<string, string>> FilesAsync(CancellationToken stop)
    {
        var paths = PackagedService.All.SelectMany(service => service.Files).Concat(AdoptionReader.Logins.Select(name => $"{home}/{name}")).Append(AdoptionReader.Hosts);
        return Lines(await RunAsync("bash", ["-c", ReadFiles, "files", .. paths], stop))
            .Select(line => line.Split('\t'))
            .Where(fields => fields.Length == 2)
            .ToImmutableSortedDictionary(fields => fields[0], fields => Encoding.UTF8.GetString(Convert.FromBase64String(fields[1])), StringComparer.Ordinal);
    }

    // The rows of an answer; null when the server does not answer or refuses. root needs no password at the socket. The client escapes what separates rows and columns.
    private async Task<ImmutableArray<ImmutableArray<string>>?> AskAsync(string sql, CancellationToken stop)
    {
        var command = CommandLine.Of("mariadb", "--protocol=socket", "--user=root", "--batch", "--skip-column-names") with { Input = sql, Timeout = s_limit };
        var result = await runner.RunAsync(command, stop);
        return result.Succeeded ? [.. Lines(result.Output).Select(line => line.Split('\t').Select(Unescaped).ToImmutableArray())] : null;
    }

    private static string Unescaped(string cell) => Escape().Replace(cell, match => match.Value[1] switch { 't' => "\t", 'n' => "\n", '0' => "\0", var other => $"{other}" });

    private async Task<string> RunAsync(string program, string[] arguments, CancellationToken stop) =>
        (await runner.RunAsync(CommandLine.Of(program, arguments) with { Timeout = s_limit }, stop)).OrThrow().Output;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
