using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The network configurations, a script for each server and role; the outputs have their ids.</summary>
internal static class NetworkConfigFiles
{
    private const string File = "NetworkConfig";

    public static void Add(ProjectFiles files, ConfigDownloadRequest request, OutputNode outputs, ServerList servers, DiagnosticBag diagnostics)
    {
        AddByServer(files, request, outputs["HostnameNetworkConfigMap"], servers, diagnostics);
        AddByRole(files, request, outputs["RoleNetworkConfigMap"], diagnostics);
    }

    // Train and ussuri. The role's own file is that of its last server.
    private static void AddByServer(ProjectFiles files, ConfigDownloadRequest request, OutputNode map, ServerList servers, DiagnosticBag diagnostics)
    {
        foreach (var (name, node) in map.Entries())
        {
            if (servers.All.LastOrDefault(server => server.Name == name) is not { } server)
            {
                diagnostics.Warning(null, "DOWNLOAD004", $"{node.Path} is for a server that the outputs do not have (it may be blacklisted); it is left out.");
            }
            else if (node.Value is not StringValue { Text: var id } || !IsUuid(id))
            {
                node.Fail($"is not the id of a network configuration of role {server.Role}", "Look at the role's network config template.");
            }
            else if (TextOf(request, node.Path, id, diagnostics) is { Length: > 0 } text)
            {
                files.AddText(text, server.Role, server.Name, File);
                files.AddText(text, server.Role, File);
            }
        }
    }

    // Victoria and later: data, or the id of a configuration that older templates create.
    private static void AddByRole(ProjectFiles files, ConfigDownloadRequest request, OutputNode map, DiagnosticBag diagnostics)
    {
        foreach (var (role, node) in map.Entries())
        {
            if (node.Value is MapValue { Count: > 0 } data)
                files.AddText(PythonText.Json(data), role, File);
            else if (node.Value is StringValue { Text: { Length: > 0 } id } && TextOf(request, node.Path, id, diagnostics) is { Length: > 0 } text)
                files.AddText(text, role, File);
        }
    }

    private static string? TextOf(ConfigDownloadRequest request, string path, string id, DiagnosticBag diagnostics)
    {
        if (request.NetworkConfigs.TryGetValue(id, out var text))
            return text;
        diagnostics.Warning(
            null,
            "DOWNLOAD008",
            $"The text of network configuration {id} ({path}) was not given; its {File} files are left out.",
            "Outputs name network configurations by id only: give their texts too.");
        return null;
    }

    // oslo_utils.uuidutils.is_uuid_like
    private static bool IsUuid(string text)
    {
        var bare = text.Replace("urn:", "", StringComparison.Ordinal)
            .Replace("uuid:", "", StringComparison.Ordinal)
            .Trim('{', '}')
            .Replace("-", "", StringComparison.Ordinal);
        return bare.Length == 32 && bare.All(char.IsAsciiHexDigit);
    }
}
