using Undercloud.Cli.Output;

namespace Undercloud.Tests.Cli;

public sealed class WordWrapTests
{
    [Fact]
    public void A_message_is_broken_at_blanks_and_keeps_its_indent() =>
        Assert.Equal(["  The option has", "  no effect."], WordWrap.Lines("  The option has no effect.", 17, words: true));

    [Fact]
    public void A_path_to_copy_stays_whole_in_a_message() =>
        Assert.Equal(["See", "/var/lib/undercloud/generations", "for it."], WordWrap.Lines("See /var/lib/undercloud/generations for it.", 12, words: true));

    [Fact]
    public void A_line_that_fits_is_left_as_it_is() => Assert.Equal(["a  b "], WordWrap.Lines("a  b ", 5));

    [Fact]
    public void A_word_that_is_too_long_for_a_cell_is_broken_where_the_cell_ends() => Assert.Equal(["abcd", "ef"], WordWrap.Lines("abcdef", 4));

    [Fact]
    public void Messages_for_a_terminal_are_wrapped_and_what_has_no_line_end_is_not()
    {
        using var output = new StringWriter();
        using var writer = new WrappingWriter(output, () => 8);
        writer.Write("\r\e[2Ka spinner of any length");
        writer.WriteLine("one two three\nfour");
        Assert.Equal("\r\e[2Ka spinner of any lengthone two\nthree\nfour\n", output.ToString());
    }
}
