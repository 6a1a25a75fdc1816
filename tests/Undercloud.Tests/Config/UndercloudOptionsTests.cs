using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class UndercloudOptionsTests
{
    [Fact]
    public void Every_name_is_there_once_old_names_included()
    {
        var names = UndercloudOptions.All.SelectMany(option => option.DeprecatedNames.Prepend(option.Name)).ToArray();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_name_is_one_that_a_release_knows() =>
        Assert.Empty(UndercloudOptions.All.SelectMany(option => option.DeprecatedNames.Prepend(option.Name)).Except(KnownOptions.Default));

    [Fact]
    public void Every_default_is_a_value_of_its_type() =>
        Assert.All(UndercloudOptions.All.Where(option => option.Default is not NullValue), option =>
            Assert.Equal(option.Default, option.Type.Read(Written(option.Default)).Value));

    [Fact]
    public void Every_option_says_what_it_is_for() =>
        Assert.All(UndercloudOptions.All, option => Assert.EndsWith(".", option.Help, StringComparison.Ordinal));

    [Fact]
    public void No_parameter_is_set_by_two_options()
    {
        var names = UndercloudOptions.All.SelectMany(option => option.Parameters).Select(parameter => parameter.Name).ToArray();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void The_known_names_are_as_many_as_the_releases_have()
    {
        // 80 options of [DEFAULT] with the 6 old names that are no option's own name today; 9 of a subnet; 29 of [auth].
        Assert.Equal((86, 9, 29), (KnownOptions.Default.Length, KnownOptions.Subnet.Length, KnownOptions.Auth.Length));
        Assert.Equal(KnownOptions.Default.Order(StringComparer.Ordinal), KnownOptions.Default);
    }

    private static string Written(Value value) => value switch
    {
        ListValue list => string.Join(',', list.Items.Select(Written)),
        StringValue text => text.Text,
        _ => value.ToString(),
    };
}
