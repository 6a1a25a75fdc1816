using System.Text.RegularExpressions;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed partial class PasswordStoreTests
{
    private static readonly MapValue s_all = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new FixedRandom(1)).All;

    [Fact]
    public void Without_a_file_every_password_of_the_table_is_generated()
    {
        var (all, generated) = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new FixedRandom(1));
        Assert.Equal(PasswordTable.All.Select(kind => kind.Name), generated);
        Assert.Equal(generated, all.Keys);
    }

    [Fact]
    public void Existing_values_win_and_unknown_names_stay()
    {
        var existing = new MapValue([new("AdminPassword", "mine"), new("CephClientKey", "kept"), new("NovaPassword", Value.Null), new("RabbitCookie", 7)]);
        var (all, generated) = PasswordStore.Complete(existing, MapValue.Empty, new FixedRandom(1));
        Assert.Equal(("mine", "kept", new IntegerValue(7)), (Text(all, "AdminPassword"), Text(all, "CephClientKey"), all["RabbitCookie"]));
        Assert.Contains("NovaPassword", generated);
        Assert.Equal(25, Text(all, "NovaPassword").Length);
        Assert.DoesNotContain("AdminPassword", generated);
        Assert.DoesNotContain("RabbitCookie", generated);
    }

    [Fact]
    public void What_undercloud_conf_gives_wins_over_existing_values_and_is_no_longer_generated()
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read(
            "[auth]\nundercloud_admin_password = new\nundercloud_rabbit_password = r\nundercloud_heat_password =\n", "f", "/root", diagnostics);
        Assert.Empty(diagnostics.All);
        var (all, generated) = PasswordStore.Complete(new([new("AdminPassword", "old"), new("CephClientKey", "kept")]), PasswordStore.Given(config), new FixedRandom(1));
        Assert.Equal(("new", "r", "r", "kept"), (Text(all, "AdminPassword"), Text(all, "RabbitPassword"), Text(all, "RpcPassword"), Text(all, "CephClientKey")));
        Assert.Contains("HeatPassword", generated);
        Assert.DoesNotContain("RpcPassword", generated);
    }

    [Fact]
    public void Every_option_of_auth_gives_a_parameter() => Assert.All(AuthOptions.All, option => Assert.NotEmpty(option.Parameters));

    [Fact]
    public void A_complete_store_stays_as_it_is()
    {
        var (again, generated) = PasswordStore.Complete(s_all, MapValue.Empty, new FixedRandom(2));
        Assert.Empty(generated);
        Assert.Equal(s_all, again);
    }

    [Theory]
    [InlineData("AdminPassword", 25)]
    [InlineData("SwiftHashSuffix", 25)]
    [InlineData("MysqlRootPassword", 10)]
    [InlineData("MysqlClustercheckPassword", 25)]
    [InlineData("HorizonSecret", 10)]
    [InlineData("RabbitCookie", 20)]
    [InlineData("PcsdPassword", 16)]
    [InlineData("HeatAuthEncryptionKey", 32)]
    [InlineData("PacemakerRemoteAuthkey", 4096)]
    public void Passwords_are_letters_and_digits_of_their_length(string name, int length)
    {
        Assert.Equal(length, Text(s_all, name).Length);
        Assert.Matches(Alphanumeric(), Text(s_all, name));
    }

    [Theory]
    [InlineData("KeystoneCredential0")]
    [InlineData("KeystoneCredential1")]
    [InlineData("KeystoneFernetKey0")]
    [InlineData("KeystoneFernetKey1")]
    [InlineData("BarbicanSimpleCryptoKek")]
    public void Fernet_keys_are_32_bytes_in_the_urlsafe_alphabet(string name) => Assert.Matches(FernetKey(), Text(s_all, name));

    [Fact]
    public void The_keys_of_the_repository_are_two_by_path()
    {
        var keys = Assert.IsType<MapValue>(s_all["KeystoneFernetKeys"]);
        Assert.Equal(["/etc/keystone/fernet-keys/0", "/etc/keystone/fernet-keys/1"], keys.Keys);
        var contents = keys.Entries.Select(key => Text(Assert.IsType<MapValue>(key.Value), "content")).ToArray();
        Assert.All(contents, content => Assert.Matches(FernetKey(), content));
        Assert.NotEqual(contents[0], contents[1]);
    }

    [Fact]
    public void No_two_passwords_are_equal()
    {
        var values = s_all.Entries.Select(entry => entry.Value).ToArray();
        Assert.Equal(values.Length, values.Distinct().Count());
    }

    [Fact]
    public void Every_letter_is_equally_likely()
    {
        // 62 letters do not divide 256: bytes from 248 on are thrown away, and it is asked for more.
        var text = Text(PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new EveryByte()).All, "PacemakerRemoteAuthkey");
        var counts = text.GroupBy(c => c).Select(letter => letter.Count()).ToArray();
        Assert.Equal(62, counts.Length);
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    private static string Text(MapValue map, string name) => Assert.IsType<StringValue>(map[name]).Text;

    [GeneratedRegex("^[A-Za-z0-9]+$")]
    private static partial Regex Alphanumeric();

    [GeneratedRegex("^[A-Za-z0-9_-]{43}=$")]
    private static partial Regex FernetKey();

    private sealed class EveryByte : IRandomSource
    {
        private byte _next;

        public void Fill(Span<byte> bytes)
        {
            foreach (ref var b in bytes)
                b = _next++;
        }
    }
}
