using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The data with which a client reaches the undercloud as its administrator.</summary>
/// <param name="AuthUrl">Keystone's URL with its port, e.g. https://192.168.24.2:13000.</param>
/// <param name="AdminPassword">The password of the user admin.</param>
/// <param name="Region">The region of the endpoints.</param>
/// <param name="CaCertificate">A file of certificates to trust, or null for the host's.</param>
public sealed record ClientAccess(string AuthUrl, Secret AdminPassword, string Region = ClientAccess.DefaultRegion, string? CaCertificate = null)
{
    /// <summary>The default region of a cloud.</summary>
    public const string DefaultRegion = "regionOne";
}

/// <summary>The files with which OpenStack clients reach the undercloud. Both hold the password and must be 0600.</summary>
public static class ClientFiles
{
    /// <summary>stackrc, for any POSIX shell to source, in shells with <c>set -eu</c> too, and more than once.</summary>
    public static string Stackrc(ClientAccess access)
    {
        var variables = new List<(string Name, string Value)>
        {
            ("OS_AUTH_TYPE", "password"),
            ("OS_AUTH_URL", access.AuthUrl),
            ("OS_USERNAME", "admin"),
            ("OS_PASSWORD", access.AdminPassword.Reveal()),
            ("OS_PROJECT_NAME", "admin"),
            ("OS_USER_DOMAIN_NAME", "Default"),
            ("OS_PROJECT_DOMAIN_NAME", "Default"),
            ("OS_IDENTITY_API_VERSION", "3"),
            ("OS_REGION_NAME", access.Region),
            ("OS_CLOUDNAME", "undercloud"),

            // Old scripts look for train's variables in stackrc; no current client reads them.
            ("OS_NO_CACHE", "True"),
            ("COMPUTE_API_VERSION", "1.1"),
            ("NOVA_VERSION", "1.1"),
        };
        if (access.CaCertificate is { } certificate)
            variables.Add(("OS_CACERT", certificate));
        return $$"""
            # What was set for another cloud must not stay.
            for _name in $(set | sed -n 's/^\(OS_[A-Za-z0-9_]*\)=.*/\1/p'); do
                unset "$_name"
            done
            unset _name
            {{string.Join('\n', variables.Select(variable => $"export {variable.Name}={ShellQuoted(variable.Value)}"))}}
            case "${PS1:-}" in
                '' | *OS_CLOUDNAME*) ;;
                *) PS1='${OS_CLOUDNAME:+($OS_CLOUDNAME) }'"$PS1" ;;
            esac

            """;
    }

    /// <summary>clouds.yaml with the cloud <c>undercloud</c>.</summary>
    public static string CloudsYaml(ClientAccess access)
    {
        var auth = Map(
            ("auth_url", access.AuthUrl),
            ("username", "admin"),
            ("password", access.AdminPassword.Reveal()),
            ("project_name", "admin"),
            ("user_domain_name", "Default"),
            ("project_domain_name", "Default"));
        var cloud = Map(("auth_type", "password"), ("auth", auth), ("region_name", access.Region), ("identity_api_version", "3"));
        if (access.CaCertificate is { } certificate)
            cloud = cloud.With("cacert", certificate);
        return BlockYaml.Write(Map(("clouds", Map(("undercloud", cloud)))));
    }

    private static MapValue Map(params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        var pairs = new List<KeyValuePair<string, Value>>();
        foreach (var (key, value) in entries)
            pairs.Add(new(key, value));
        return new(pairs);
    }

    // Nothing is special between single quotes; the quote itself is written outside of them.
    private static string ShellQuoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
