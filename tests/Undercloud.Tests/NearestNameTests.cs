using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("local_ipp", "local_ip")]
    [InlineData("undercloud_hostnmae", "undercloud_hostname")]
    [InlineData("Local_Interface", "local_interface")]
    public void A_misspelled_option_finds_its_name(string typed, string meant) =>
        Assert.Equal(meant, NearestName.Of(typed, ["local_ip", "local_interface", "undercloud_hostname"]));

    [Fact]
    public void A_name_that_is_like_none_finds_nothing() => Assert.Null(NearestName.Of("frobnicate", ["local_ip", "templates"]));

    [Fact]
    public void Of_names_that_are_equally_near_it_is_always_the_same_one() =>
        Assert.Equal(("nova_a", "nova_a"), (NearestName.Of("nova_x", ["nova_b", "nova_a"]), NearestName.Of("nova_x", ["nova_a", "nova_b"])));

    [Fact]
    public void A_limit_of_edits_is_kept() => Assert.Null(NearestName.Of("get_something", ["get_param"], most: 2));
}
