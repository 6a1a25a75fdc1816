using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class UndercloudOptionsTests
{
    [Fact]
    public void Every_name_of_a_section_is_there_once_old_names_included()
    {
        foreach (var names in new[] { KnownOptions.Default, KnownOptions.Subnet, KnownOptions.Auth })
            Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_default_is_written_as_what_reads_back_as_it() =>
        Assert.All(UndercloudOptions.All.Where(option => option.Default is not NullValue), option =>
            Assert.Equal(option.Default, option.Type.Read(option.Type.Write(option.Default)).Value));

    [Fact]
    public void Every_former_default_is_another_value_of_the_type() =>
        Assert.All(UndercloudOptions.All.SelectMany(option => option.FormerDefaults.Select(former => (option, former))), pair =>
        {
            Assert.Equal(pair.former.Default, pair.option.Type.Read(pair.option.Type.Write(pair.former.Default)).Value);
            Assert.NotEqual(pair.option.Default, pair.former.Default);
            Assert.True(pair.option.Releases.HasFlag(pair.former.Releases), pair.option.Name);
        });

    [Fact]
    public void An_option_without_a_default_may_be_written_empty() =>
        Assert.All(UndercloudOptions.All, option => Assert.True(option.EmptyIsUnset || option.Default is not NullValue, option.Name));

    [Fact]
    public void Every_option_says_what_it_is_for_in_a_sentence() =>
        Assert.All(UndercloudOptions.All, option => Assert.EndsWith(".", option.Help, StringComparison.Ordinal));

    [Fact]
    public void No_parameter_is_set_by_two_options()
    {
        var names = UndercloudOptions.All.SelectMany(option => option.Parameters).Select(parameter => parameter.Name).ToArray();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void What_can_have_no_effect_says_why_and_what_to_do_instead() =>
        Assert.All(UndercloudOptions.All, option =>
        {
            var isNone = option.Effect == OptionEffect.None;
            Assert.Equal((isNone, isNone), (option.Reason is not null, option.Instead is not null));
            Assert.True(!isNone || (option.Reason!.EndsWith('.') && option.Instead!.EndsWith('.')), option.Name);
        });

    [Fact]
    public void What_will_have_an_effect_names_what_it_leads_to() =>
        Assert.All(UndercloudOptions.All.Where(option => option.Effect == OptionEffect.Planned && option.Name != "networks_file"), option =>
            Assert.True(option.Parameters.Length + option.Computed.Length + option.Environments.Length + option.EnvironmentsWhenOff.Length > 0, option.Name));

    [Fact]
    public void The_known_names_are_as_many_as_the_releases_have()
    {
        // 85 options of [DEFAULT] with the 6 old names that are no option's own name today; 9 of a subnet; 29 of [auth].
        Assert.Equal((91, 9, 29), (KnownOptions.Default.Length, KnownOptions.Subnet.Length, KnownOptions.Auth.Length));
        Assert.Equal(KnownOptions.Default.Order(StringComparer.Ordinal), KnownOptions.Default);
    }

    [Fact]
    public void Passwords_are_secret_and_names_of_users_are_not() =>
        Assert.Equal(["undercloud_ceilometer_snmpd_user", "undercloud_rabbit_username"],
            AuthOptions.All.Where(option => !option.IsSecret).Select(option => option.Name).Order(StringComparer.Ordinal));
}
