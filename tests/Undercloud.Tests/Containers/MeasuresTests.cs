using CsCheck;
using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class MeasuresTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("512b", 512L)]
    [InlineData("2K", 2048L)]
    [InlineData("1g", 1073741824L)]
    [InlineData("1GiB", 1073741824L)]
    [InlineData("3 g", null)]
    [InlineData("1.5g", null)]
    [InlineData("-1", null)]
    [InlineData("9999999999999t", null)]
    public void Sizes_are_bytes(string text, long? bytes) => Assert.Equal(bytes, Measures.Bytes(text));

    [Theory]
    [InlineData("30", 30)]
    [InlineData("30s", 30)]
    [InlineData("1m30s", 90)]
    [InlineData("2h", 7200)]
    [InlineData("500ms", 1)]
    [InlineData("1.5", 2)]
    [InlineData("", null)]
    [InlineData("s", null)]
    [InlineData("-3", null)]
    public void Durations_are_whole_seconds(string text, int? seconds) => Assert.Equal(seconds, Measures.Seconds(text));

    [Theory]
    [InlineData("a  b", new[] { "a", "b" })]
    [InlineData("sh -c 'a \"b\" c'", new[] { "sh", "-c", "a \"b\" c" })]
    [InlineData("\"a\\\"b\\n\" c\\ d ''", new[] { "a\"b\\n", "c d", "" })]
    public void Words_are_split_as_a_shell_does(string text, string[] words) => Assert.Equal(words, ShellWords.Split(text)!);

    [Theory]
    [InlineData("'open")]
    [InlineData("end\\")]
    public void An_open_quote_is_no_list_of_words(string text) => Assert.Null(ShellWords.Split(text));

    [Fact]
    public void Joined_words_split_into_the_same_words() =>
        Gen.String.Array[0, 6].Sample(words => words.SequenceEqual(ShellWords.Split(ShellWords.Join(words))!.Value));
}
