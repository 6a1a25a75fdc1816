using Undercloud.Deploy.Output;

namespace Undercloud.Tests.Deploy;

public sealed class SecretMaskTests
{
    private static readonly SecretMask s_mask = new(["p@ss/word", "abc"]);

    [Theory]
    [InlineData("connection = mysql://k:p%40ss%2Fword@h/k")]
    [InlineData("password p@ss/word.")]
    [InlineData("Basic cEBzcy93b3Jk")]
    public void A_secret_is_hidden_in_every_form(string text)
    {
        var masked = s_mask.Apply(text);
        Assert.Contains("***", masked);
        Assert.DoesNotContain("word", masked.Replace("password", ""));
        Assert.DoesNotContain("cEBz", masked);
    }

    [Fact]
    public void A_text_too_short_to_be_a_secret_is_left() => Assert.Equal("abc", s_mask.Apply("abc"));

    [Fact]
    public void Two_masks_together_hide_what_either_hides() =>
        Assert.Equal("*** and ***", s_mask.And(new SecretMask(["another one"])).Apply("p@ss/word and another one"));

    [Fact]
    public void The_lines_of_a_key_are_hidden_each_for_itself()
    {
        var key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----\n";
        Assert.Equal("+-----BEGIN PRIVATE KEY-----\n+***\n+***\n", new SecretMask([key]).Apply("+-----BEGIN PRIVATE KEY-----\n+MIIEvQIBADANBgkqhkiG9w0B\n+AQEFAASCBKcwggSjAgEAAoIB\n"));
    }
}
