using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class PasswordFilesTests
{
    private static readonly MapValue s_passwords = new(
    [
        new("RabbitCookie", "c00kie"),
        new("MysqlRootPassword", "r00t"),
        new("AdminPassword", "a\"b\\c'd\ne\tf: #é\u0085"),
        new("AdminToken", 12),
        new("HAProxyStatsPassword", "true"),
        new("BarbicanSimpleCryptoKek", "k-_="),
        new("Ec2ApiPassword", "yes"),
        new("KeystoneFernetKeys", new MapValue([new("/etc/keystone/fernet-keys/0", new MapValue([new("content", "x=")]))])),
        new("yes", true),
        new("PasswordList", new ListValue(["a", new MapValue([new("b", Value.Null)]), ListValue.Empty])),
        new("Ratio", new FloatValue(1e20)),
    ]);

    [Fact]
    public void The_yaml_is_sorted_block_style_with_every_string_quoted() => Assert.Equal(
        """
        parameter_defaults:
          AdminPassword: "a\"b\\c'd\ne\u0009f: #é\u0085"
          AdminToken: 12
          BarbicanSimpleCryptoKek: "k-_="
          Ec2ApiPassword: "yes"
          HAProxyStatsPassword: "true"
          KeystoneFernetKeys:
            "/etc/keystone/fernet-keys/0":
              content: "x="
          MysqlRootPassword: "r00t"
          PasswordList: ["a", {b: null}, []]
          RabbitCookie: "c00kie"
          Ratio: 1.0E+20
          "yes": true

        """, PasswordFiles.WriteYaml(s_passwords));

    [Fact]
    public void The_conf_holds_what_is_named_password_token_or_kek_under_old_names() => Assert.Equal(
        """
        [auth]
        undercloud_admin_password: a"b\c'd
            e	f: #é
        undercloud_admin_token: 12
        undercloud_barbican_simple_crypto_kek: k-_=
        undercloud_ec2_api_password: yes
        undercloud_ha_proxy_stats_password: true
        undercloud_mysql_root_password: r00t

        """, PasswordFiles.WriteConf(s_passwords).Replace("\u0085", "", StringComparison.Ordinal));

    [Fact]
    public void A_conf_of_instack_undercloud_is_taken_over_and_what_is_of_no_service_is_named()
    {
        var diagnostics = new DiagnosticBag();
        var passwords = PasswordFiles.ReadConf(
            "[auth]\nundercloud_db_password=db\nundercloud_rabbit_password=r\nundercloud_sensu_password=s\nundercloud_ceilometer_snmpd_user=u\nundercloud_empty=\n",
            "f", diagnostics);
        Assert.Equal(new MapValue([new("MysqlRootPassword", "db"), new("RabbitPassword", "r"), new("RpcPassword", "r"), new("SnmpdReadonlyUserName", "u")]), passwords);
        Assert.Equal("f:4:27: warning CFG012: These passwords are of no service that is deployed here: undercloud_sensu_password.\n  They are left out.",
            Assert.Single(diagnostics.All).ToString());
    }

    [Fact]
    public void The_conf_that_is_written_is_taken_over_whole()
    {
        var all = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new FixedRandom(3)).All;
        var diagnostics = new DiagnosticBag();
        var passwords = PasswordFiles.ReadConf(PasswordFiles.WriteConf(all), "f", diagnostics);
        Assert.Empty(diagnostics.All);
        Assert.NotEmpty(passwords.Entries);
        Assert.All(passwords.Entries, entry => Assert.Equal(all[entry.Key], entry.Value));
    }

    [Fact]
    public void The_conf_of_generated_passwords_is_read_back()
    {
        var all = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new FixedRandom(3)).All;
        var diagnostics = new DiagnosticBag();
        var file = OsloConfigReader.Read(PasswordFiles.WriteConf(all), "f", diagnostics);
        Assert.Empty(diagnostics.All);
        Assert.Equal(((StringValue)all["AdminPassword"]!).Text, Assert.Single(file.All("auth", "undercloud_admin_password")).Text);
    }
}
