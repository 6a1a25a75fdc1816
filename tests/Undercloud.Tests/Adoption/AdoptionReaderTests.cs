using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Adoption;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Adoption;

/// <summary>What an upgrade takes over from an undercloud made of packages.</summary>
public sealed class AdoptionReaderTests
{
    private const string Keystone = "/etc/keystone/keystone.conf", Nova = "/etc/nova/nova.conf", Swift = "/etc/swift/swift.conf", OpenVSwitch = "/etc/neutron/plugins/ml2/openvswitch_agent.ini";

    private static readonly FoundHost s_host = new()
    {
        Units = [new("keystone.service", "enabled", true), new("mariadb.service", "enabled", true), new("nova-api.service", "masked", false), new("mariadb.socket", "disabled", false)],
        Packages = ImmutableSortedDictionary<string, string>.Empty.Add("keystone", "2:22.0.2-0").Add("mariadb-server", "1:10.11"),
        Addresses = ["192.168.24.1", "uc"],
        HasDatabase = true,
        Databases = ["keystone", "novadb", "novaapi", "novadb_cell0", "spare"],
        Files = ImmutableSortedDictionary<string, string>.Empty
            .Add("/root/stackrc", "export OS_USERNAME=admin\nexport OS_PASSWORD='its'\nexport OS_AUTH_URL=http://192.168.24.1:5000\n")
            .Add(Keystone, "[database]\nconnection = mysql+pymysql://keystone:key%3Astone@192.168.24.1/keystone\n")
            .Add("/etc/keystone/fernet-keys/0", "staged\n").Add("/etc/keystone/fernet-keys/3", "primary")
            .Add("/etc/keystone/credential-keys/0", "first").Add("/etc/keystone/credential-keys/1", "second")
            .Add(Nova, """
                [DEFAULT]
                transport_url = rabbit://openstack:hare%2Fand%40tortoise@192.168.24.1:5672/
                [database]
                connection = mysql+pymysql://nova:pw@localhost/novadb?charset=utf8
                [api_database]
                connection = mysql+pymysql://nova:pw@localhost/novaapi
                [keystone_authtoken]
                username = nova
                password = former
                password = nova&co$$5

                """),
        Answers = ImmutableDictionary<string, ImmutableArray<ImmutableArray<string>>>.Empty
            .Add(AdoptionQuery.Cells, [["00000000-0000-0000-0000-000000000000", "cell0", "mysql+pymysql://nova:pw@localhost/novadb_cell0"], ["7ba1", "default", "mysql+pymysql://nova:pw@localhost/novadb"]])
            .Add(AdoptionQuery.Regions, [["RegionOne"]]),
    };

    private static AdoptedUndercloud Read(FoundHost host) => AdoptionReader.Read(host);

    [Fact]
    public void Services_are_found_by_units_that_are_not_masked_in_the_order_of_their_stop()
    {
        Assert.Equal(
            [("Keystone", "keystone.service", "keystone 2:22.0.2-0"), ("MariaDB", "mariadb.service mariadb.socket", "mariadb-server 1:10.11")],
            Read(s_host).Services.Select(service => (service.Service.Title, string.Join(' ', service.Units.Select(unit => unit.Name)), string.Join(' ', service.Packages))));
    }

    [Fact]
    public void Databases_get_the_names_of_the_containers() => Assert.Equal(
        ["keystone keystone", "novadb nova", "novaapi nova_api", "novadb_cell0 nova_cell0"], Read(s_host).Databases.Select(database => $"{database.Name} {database.Becomes}"));

    [Fact]
    public void Passwords_keys_and_names_are_read_from_their_places()
    {
        var adoption = Read(s_host);
        Assert.Empty(adoption.Findings);
        Assert.Equal(
            ["AdminPassword its", "KeystoneCredential0 first", "KeystoneCredential1 second", "KeystoneRegion RegionOne", "NovaPassword nova&co$5", "RpcPassword hare/and@tortoise", "RpcUserName openstack"],
            adoption.Values.Where(value => value.Value is StringValue).Select(value => $"{value.Parameter} {((StringValue)value.Value).Text}"));
        Assert.Equal("""{"/etc/keystone/fernet-keys/0":{"content":"staged"},"/etc/keystone/fernet-keys/3":{"content":"primary"}}""", CanonicalJson.Write(adoption.Parameters["KeystoneFernetKeys"]!));
        Assert.Equal(["KeystoneRegion", "RpcUserName"], adoption.Values.Where(value => !value.IsSecret).Select(value => value.Parameter));
        Assert.Equal("/etc/nova/nova.conf [keystone_authtoken] password", adoption.Values.Single(value => value.Parameter == "NovaPassword").From);
    }

    [Fact]
    public void The_queries_name_the_databases_of_the_host()
    {
        var queries = AdoptionReader.Queries(s_host with { Answers = s_host.Answers.Clear() });
        Assert.Equal([AdoptionQuery.Regions, AdoptionQuery.Domains, AdoptionQuery.Cells], queries.Select(query => query.Name));
        Assert.Contains("FROM `novaapi`.cell_mappings", queries[^1].Sql);
        Assert.Empty(AdoptionReader.Queries(s_host with { HasDatabase = false }));
    }

    [Theory]
    [InlineData("/root/stackrc", "export OS_USERNAME=admin\nexport OS_PASSWORD=$(hiera admin_password)\n", AdoptionCodes.NoAdministrator)]
    [InlineData("/root/stackrc", "export OS_USERNAME=demo\nexport OS_PASSWORD=secret\n", AdoptionCodes.NoAdministrator)]
    [InlineData("/etc/glance/glance-api.conf", "[database]\nconnection = mysql+pymysql://g:p@localhost/spare\n[keystone_authtoken]\nusername = glance\n", AdoptionCodes.NoSecret)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = p\n[placement_database]\nconnection = sqlite:////var/lib/placement.sqlite\n", AdoptionCodes.OtherServer)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = p\n[placement_database]\nconnection = mysql://p:p@elsewhere/spare\n", AdoptionCodes.OtherServer)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = p\n[placement_database]\nconnection = mysql://p:p@uc/placement\n", AdoptionCodes.OtherServer)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = pa$$word\n[placement_database]\nconnection = mysql://p:p@uc/spare\n", AdoptionCodes.WrongCharacters)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = p\uFFFD\n[placement_database]\nconnection = mysql://p:p@uc/spare\n", AdoptionCodes.WrongCharacters)]
    [InlineData(Swift, "[swift-hash]\nswift_hash_path_suffix =\n", AdoptionCodes.NoSecret)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = p\n[placement_database]\nconnection = mysql://p:p@localhost/novadb\n", AdoptionCodes.SharedDatabase)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = p\n[placement_database]\nconnection = localhost\n", AdoptionCodes.WrongUrl)]
    [InlineData("/etc/placement/placement.conf", "[keystone_authtoken]\npassword = p\n", AdoptionCodes.NoDatabase)]
    public void What_stands_against_an_upgrade_is_an_error_with_its_place(string path, string text, string code)
    {
        var finding = Assert.Single(Read(s_host with { Files = s_host.Files.SetItem(path, text) }).Findings);
        Assert.Equal((Severity.Error, code), (finding.Severity, finding.Code));
        Assert.NotEmpty(finding.Remedy ?? "");
        Assert.DoesNotContain("$word", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_login_of_the_undercloud_comes_before_others()
    {
        var host = s_host with { Files = s_host.Files.Add("/root/admin-openrc", "OS_USERNAME=admin\nOS_PASSWORD=other\n") };
        Assert.Equal("its", ((StringValue)Read(host).Parameters["AdminPassword"]!).Text);
    }

    [Fact]
    public void A_database_may_be_named_by_a_name_of_the_host()
    {
        const string Placement = "[keystone_authtoken]\npassword = p\n[placement_database]\nconnection = mysql://p:p@controller/spare\n";
        var host = s_host with { Files = s_host.Files.Add("/etc/placement/placement.conf", Placement).Add("/etc/hosts", "127.0.0.1 localhost\nelsewhere elsewhere\n192.168.24.1 controller # here\n") };
        Assert.Contains(new AdoptedDatabase("spare", "placement", "/etc/placement/placement.conf [placement_database] connection"), Read(host).Databases);
        var other = host.Files.SetItem("/etc/placement/placement.conf", Placement.Replace("controller", "elsewhere", StringComparison.Ordinal));
        Assert.Equal(AdoptionCodes.OtherServer, Assert.Single(Read(host with { Files = other }).Findings).Code);
    }

    [Fact]
    public void A_cell_may_take_its_URL_from_the_options()
    {
        var answers = s_host.Answers.SetItem(AdoptionQuery.Cells, [["00000000-0000-0000-0000-000000000000", "cell0", "{scheme}://{username}:{password}@{hostname}/novadb_cell0?{query}"]]);
        Assert.Contains(Read(s_host with { Answers = answers }).Databases, database => database is { Name: "novadb_cell0", Becomes: "nova_cell0" });
    }

    [Fact]
    public void Swifts_hash_is_taken_as_it_is_written()
    {
        var parameters = Read(s_host with { Files = s_host.Files.Add(Swift, "[swift-hash]\nswift_hash_path_suffix = \"a$$b\"\n") }).Parameters;
        Assert.Equal("\"a$$b\"", ((StringValue)parameters["SwiftHashSuffix"]!).Text);
    }

    [Fact]
    public void Both_ends_of_the_hash_of_Swifts_objects_are_kept()
    {
        var parameters = Read(s_host with { Files = s_host.Files.Add(Swift, "[swift-hash]\nswift_hash_path_suffix = end\nswift_hash_path_prefix = begin\n") }).Parameters;
        Assert.Equal(("begin", "end"), (((StringValue)parameters["SwiftHashPrefix"]!).Text, ((StringValue)parameters["SwiftHashSuffix"]!).Text));
    }

    [Fact]
    public void Without_Fernet_keys_tokens_would_be_lost() =>
        Assert.Equal(AdoptionCodes.NoKeys, Assert.Single(Read(s_host with { Files = s_host.Files.RemoveRange(["/etc/keystone/fernet-keys/0", "/etc/keystone/fernet-keys/3"]) }).Findings).Code);

    [Fact]
    public void Work_on_a_node_or_a_stack_is_waited_for()
    {
        var answers = s_host.Answers
            .Add(AdoptionQuery.Nodes, [["u-1", "n0", "deploying", "undercloud"]])
            .Add(AdoptionQuery.Stacks, [["overcloud", "UPDATE"]]);
        var findings = Read(s_host with { Answers = answers }).Findings;
        Assert.Equal([AdoptionCodes.AtWork, AdoptionCodes.AtWork], findings.Select(finding => finding.Code));
        Assert.Contains("n0", findings[0].Message);
        Assert.Contains("overcloud", findings[1].Message);
    }

    [Theory]
    [InlineData(Nova, "username = nova", "username = novasvc", AdoptionCodes.OtherUser)]
    [InlineData(Nova, "username = nova", "username = nova\nproject_name = services", AdoptionCodes.OtherUser)]
    public void What_changes_is_a_warning(string path, string former, string changed, string code)
    {
        var finding = Assert.Single(Read(s_host with { Files = s_host.Files.SetItem(path, s_host.Files[path].Replace(former, changed, StringComparison.Ordinal)) }).Findings);
        Assert.Equal((Severity.Warning, code), (finding.Severity, finding.Code));
    }

    [Theory]
    [InlineData("[ovs]\nbridge_mappings = physnet:br-ctlplane\n", "physnet", 0)]
    [InlineData("[ovs]\nbridge_mappings = physnet:br-ctlplane,other:br-ex\n", "physnet", 1)]
    [InlineData("[ovs]\nbridge_mappings = ctlplane:br-ctlplane\n", null, 0)]
    [InlineData("[ovs]\nbridge_mappings = datacentre:br-ex,physnet:br-ctlplane\n", "physnet", 1, true)]
    public void The_physical_network_keeps_its_name(string text, string? name, int warnings, bool isKnown = false)
    {
        var answers = isKnown ? s_host.Answers.Add(AdoptionQuery.Networks, [["ctlplane", "physnet"]]) : s_host.Answers;
        var adoption = Read(s_host with { Files = s_host.Files.Add(OpenVSwitch, text), Answers = answers });
        Assert.Equal(name, (adoption.Parameters["CtlplaneLocalPhysicalNetwork"] as StringValue)?.Text);
        Assert.Equal(warnings, adoption.Findings.Length);
    }

    [Theory]
    [InlineData("stack_user_domain_name = stacks", "stacks", null)]
    [InlineData("stack_user_domain_id = d1", "heat", null)]
    [InlineData("stack_user_domain_id = d1\nstack_user_domain_name = other", "heat", null)]
    [InlineData("stack_user_domain_id = d2", null, AdoptionCodes.NoDomain)]
    public void The_users_of_stacks_stay_in_their_domain(string line, string? name, string? code)
    {
        const string Conf = "[DEFAULT]\nauth_encryption_key = 0123456789abcdef\nstack_domain_admin = manager\nstack_domain_admin_password = p\n";
        var adoption = Read(s_host with
        {
            Databases = s_host.Databases.Add("heat"),
            Files = s_host.Files.Add("/etc/heat/heat.conf", $"{Conf}{line}\n[database]\nconnection = mysql://h:p@localhost/heat\n[keystone_authtoken]\npassword = p\n"),
            Answers = s_host.Answers.Add(AdoptionQuery.Domains, [["d1", "heat"]]),
        });
        Assert.Equal("manager", ((StringValue)adoption.Parameters["HeatStackDomainAdmin"]!).Text);
        Assert.Equal(name, (adoption.Parameters["HeatStackDomainName"] as StringValue)?.Text);
        Assert.Equal(code, adoption.Findings.SingleOrDefault()?.Code);
    }

    [Fact]
    public void Regions_and_cells_that_the_containers_do_not_have_are_reported()
    {
        var answers = s_host.Answers
            .SetItem(AdoptionQuery.Regions, [["one"], ["two"]])
            .SetItem(AdoptionQuery.Cells, [["7ba1", "cell1", "mysql+pymysql://nova:pw@localhost/novadb"]]);
        Assert.Equal([AdoptionCodes.CellRenamed, AdoptionCodes.ManyRegions], Read(s_host with { Answers = answers }).Findings.Select(finding => finding.Code));
        var cells = answers[AdoptionQuery.Cells].Add(["8ba1", "cell2", "mysql+pymysql://nova:pw@localhost/other"]);
        Assert.Equal([AdoptionCodes.ManyCells, AdoptionCodes.ManyRegions], Read(s_host with { Answers = answers.SetItem(AdoptionQuery.Cells, cells) }).Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Credentials_under_a_third_key_are_reported()
    {
        var adoption = Read(s_host with { Files = s_host.Files.Add("/etc/keystone/credential-keys/2", "third") });
        Assert.Equal(AdoptionCodes.ManyKeys, Assert.Single(adoption.Findings).Code);
        Assert.Equal("third", ((StringValue)adoption.Parameters["KeystoneCredential1"]!).Text);
    }

    [Fact]
    public void A_database_server_that_does_not_answer_is_reported_once() =>
        Assert.Equal(AdoptionCodes.DatabaseAway, Assert.Single(Read(s_host with { HasDatabase = false, Databases = [] }).Findings).Code);

    [Fact]
    public void Every_code_has_its_row_in_the_documentation_and_no_other()
    {
        var documented = Regex.Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "findings.md")), @"^\| (ADOPT\d+) \| ", RegexOptions.Multiline).Select(row => row.Groups[1].Value);
        Assert.Equal(typeof(AdoptionCodes).GetFields().Select(code => (string)code.GetRawConstantValue()!), documented);
    }
}
