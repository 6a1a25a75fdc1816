using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.BareMetal;

/// <summary>
/// How the operator logs in to a cloud, as in OpenStack's own client: the cloud in OS_CLOUD, else the variables of stackrc, else the cloud undercloud in
/// clouds.yaml.
/// </summary>
/// <param name="Login">The URL and the user.</param>
/// <param name="Region">The region of the endpoints.</param>
/// <param name="Side">The interface of the endpoints.</param>
/// <param name="Certificates">A file with the certificate authorities to trust; null for the host's.</param>
public sealed record OperatorLogin(CloudLogin Login, string Region, string Side, string? Certificates)
{
    private const string Remedy = "Run `source ~/stackrc`, or set OS_CLOUD to a cloud of clouds.yaml.";

    /// <exception cref="CloudException">There is no login.</exception>
    public static OperatorLogin Find(Func<string, string?> variable, string home)
    {
        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;
        if (Set("OS_CLOUD") is null && Set("OS_AUTH_URL") is { } url)
        {
            return new(
                new(url, Set("OS_USERNAME") ?? "admin", Set("OS_PASSWORD") ?? throw new CloudException($"OS_AUTH_URL is set, and OS_PASSWORD is not. {Remedy}"), Set("OS_PROJECT_NAME") ?? "admin"),
                Set("OS_REGION_NAME") ?? ClientAccess.DefaultRegion, Set("OS_INTERFACE") ?? "public", Set("OS_CACERT"));
        }

        string?[] files = [Set("OS_CLIENT_CONFIG_FILE"), "clouds.yaml", Path.Combine(home, ".config/openstack/clouds.yaml"), "/etc/openstack/clouds.yaml"];
        var path = files.OfType<string>().FirstOrDefault(File.Exists)
            ?? throw new CloudException($"There is no login for the undercloud: OS_AUTH_URL is not set, and there is no {files[2]}. Is the undercloud installed, and are you root? {Remedy}");
        return Read(path, File.ReadAllText(path), Set("OS_CLOUD") ?? "undercloud");
    }

    /// <summary>The login for a cloud in a clouds.yaml.</summary>
    /// <exception cref="CloudException">The cloud does not exist or is incomplete.</exception>
    public static OperatorLogin Read(string path, string text, string cloud)
    {
        var findings = new DiagnosticBag();
        var clouds = (YamlReader.Read(text, path, findings) as YamlMapping)?["clouds"]?.ToValue() as MapValue;
        if (findings.HasErrors)
            throw new CloudException(findings.All[0].ToString());
        if (clouds?[cloud] is not MapValue found)
            throw new CloudException($"{path} has no cloud '{cloud}'. {Suggestion.For(cloud, clouds?.Keys ?? []) ?? Remedy}");
        var auth = found["auth"] as MapValue ?? MapValue.Empty;
        string Needed(string key) => Text(auth[key]) ?? throw new CloudException($"{path}: the cloud '{cloud}' has no {key}.");
        return new(
            new(Needed("auth_url"), Needed("username"), Needed("password"), Needed("project_name")),
            Text(found["region_name"]) ?? ClientAccess.DefaultRegion, Text(found["interface"]) ?? "public", Text(found["cacert"]));
    }

    private static string? Text(Value? value) => value is StringValue { Text: { Length: > 0 } text } ? text : value is IntegerValue integer ? integer.Number.ToString() : null;
}
