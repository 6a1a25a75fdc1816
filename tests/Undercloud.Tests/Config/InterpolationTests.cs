using Undercloud.Config;

namespace Undercloud.Tests.Config;

public sealed class InterpolationTests
{
    [Theory]
    [InlineData("$a", "<a>")]
    [InlineData("${a}b", "<a>b")]
    [InlineData("$group.name/x", "<group.name>/x")]
    [InlineData("${group.name}", "<group.name>")]
    [InlineData("$$a", "$a")]
    [InlineData("$$$a", "$<a>")]
    [InlineData(@"\$a", "$a")]
    [InlineData(@"\\$a", @"\$a")]
    [InlineData("5$", "5$")]
    [InlineData("$5", "$5")]
    [InlineData("${a", "${a")]
    [InlineData("${}", "${}")]
    [InlineData("$ a", "$ a")]
    [InlineData("$é", "$é")]
    public void References_are_replaced_as_oslo_config_does(string text, string expected) =>
        Assert.Equal(expected, Interpolation.Replace(text, name => $"<{name}>"));

    [Fact]
    public void What_was_put_in_is_not_looked_at_again() => Assert.Equal("$b", Interpolation.Replace("$a", _ => "$b"));
}
