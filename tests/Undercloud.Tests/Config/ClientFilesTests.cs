using System.Diagnostics;
using Undercloud.Config;

namespace Undercloud.Tests.Config;

public sealed class ClientFilesTests
{
    private const string Nasty = "a b'c\"d$HOME`id`\\n\n;#!*é";

    [Theory]
    [InlineData("sh")]
    [InlineData("bash")]
    public void Stackrc_sets_the_administrator_and_clears_what_was_there(string shell)
    {
        var output = Run(shell, $"""
            set -eu
            export OS_TOKEN=old OS_USERNAME=other OTHER=stays
            OS_LOCAL=1
            {Stackrc(Nasty)}
            printf '%s|' "$OS_AUTH_TYPE" "$OS_AUTH_URL" "$OS_USERNAME" "$OS_PASSWORD" "$OS_PROJECT_NAME" "$OS_USER_DOMAIN_NAME" \
              "$OS_PROJECT_DOMAIN_NAME" "$OS_IDENTITY_API_VERSION" "$OS_REGION_NAME" "$OS_CLOUDNAME" "$OS_CACERT" \
              "${"{"}OS_TOKEN-unset{"}"}" "${"{"}OS_LOCAL-unset{"}"}" "$OTHER"
            """);
        Assert.Equal(
            $"password|http://192.168.24.1:5000|admin|{Nasty}|admin|Default|Default|3|regionOne|undercloud|/etc/ca's.pem|unset|unset|stays|", output);
    }

    [Fact]
    public void Stackrc_names_the_cloud_in_the_prompt_once()
    {
        var source = Stackrc("x");
        Assert.Equal("(undercloud) $ ", Run("bash", $"PS1='$ '\n{source}\n{source}\nprintf %s \"${"{"}PS1@P{"}"}\""));
    }

    [Fact]
    public void Stackrc_leaves_a_shell_without_a_prompt_without_one() =>
        Assert.Equal("", Run("bash", $"unset PS1\n{Stackrc("x")}\nprintf %s \"${"{"}PS1-{"}"}\""));

    [Fact]
    public void Clouds_yaml_has_the_cloud_undercloud() => Assert.Equal(
        """
        clouds:
          undercloud:
            auth_type: "password"
            auth:
              auth_url: "http://192.168.24.1:5000"
              username: "admin"
              password: "p\"w"
              project_name: "admin"
              user_domain_name: "Default"
              project_domain_name: "Default"
            region_name: "regionOne"
            identity_api_version: "3"

        """, ClientFiles.CloudsYaml(new("http://192.168.24.1:5000", new("p\"w"))));

    [Fact]
    public void A_certificate_is_named_in_both_files()
    {
        var access = new ClientAccess("https://u:13000", new("x"), CaCertificate: "/ca.pem");
        Assert.Contains("export OS_CACERT='/ca.pem'\n", ClientFiles.Stackrc(access), StringComparison.Ordinal);
        Assert.EndsWith("\n    cacert: \"/ca.pem\"\n", ClientFiles.CloudsYaml(access), StringComparison.Ordinal);
    }

    private static string Stackrc(string password) =>
        ClientFiles.Stackrc(new("http://192.168.24.1:5000", new(password), CaCertificate: "/etc/ca's.pem"));

    private static string Run(string shell, string script)
    {
        var start = new ProcessStartInfo($"/bin/{shell}", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(("", 0), (errors.Result, process.ExitCode));
        return output;
    }
}
