using Undercloud.Cli.Output;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Cli;

public sealed class RowsTests
{
    private static readonly Rows<(string Name, int Restarts, string? Image)> s_rows = new(
        new("name", "Name", row => row.Name),
        new("restarts", "Restarts", row => row.Restarts) { Text = row => $"{row.Restarts} x" },
        new("image", "Image", row => row.Image is { } image ? image : Value.Null) { Place = ColumnPlace.WhereItFits },
        new("good", "Is good", _ => true) { Place = ColumnPlace.Data });

    [Fact]
    public void Json_and_yaml_have_all_columns_of_every_row_with_numbers_as_numbers()
    {
        Assert.Equal(
            """
            [
              {
                "name": "a+\"b\"",
                "restarts": 0,
                "image": null,
                "good": true
              }
            ]

            """, Written("json", ("a+\"b\"", 0, null)));
        Assert.Equal("- name: a\n  restarts: 0\n  image: null\n  good: true\n", Written("yaml", ("a", 0, null)));
    }

    [Fact]
    public void Value_is_a_line_a_row_and_csv_quotes_what_is_no_number()
    {
        Assert.Equal("a 1 b\nc 0 \n", Written("value", ("a", 1, "b"), ("c", 0, null)));
        Assert.Equal("\"Name\",\"Restarts\",\"Image\"\n\"a \"\"x\"\"\",1,\"b,c\"\n", Written("csv", ("a \"x\"", 1, "b,c")));
    }

    [Theory]
    [InlineData("table", "RESTARTS  IS GOOD\n2 x       true\n")]
    [InlineData("value", "2 true\n")]
    [InlineData("yaml", "- restarts: 2\n  good: true\n")]
    public void Columns_are_chosen_by_heading_or_key_and_keep_their_order(string format, string expected)
    {
        using var output = new StringWriter();
        s_rows.Write(output, [("a", 2, "b")], new(format, ["is GOOD", "restarts"]), width: null);
        Assert.Equal(expected, output.ToString());
    }

    [Fact]
    public void A_column_that_may_go_is_left_out_of_a_table_that_is_too_wide()
    {
        Assert.Equal("NAME  RESTARTS\na     2 x\n", Table(20, ("a", 2, "a-long-name")));
        Assert.Equal("NAME  RESTARTS  IMAGE\na     2 x       a-long-name\n", Table(80, ("a", 2, "a-long-name")));
    }

    [Fact]
    public void A_table_that_is_too_wide_is_folded_between_words_and_after_punctuation()
    {
        using var output = new StringWriter();
        TextTable.Write(output, ["Name", "Because"], [["one", "the image is another one"], ["two", "http://192.168.24.1:5000/v3"]], 24);
        Assert.Equal("""
            NAME  BECAUSE
            one   the image is
                  another one
            two   http://192.168.24.
                  1:5000/v3

            """, output.ToString());
    }

    private static string Written(string format, params (string, int, string?)[] rows)
    {
        using var output = new StringWriter();
        s_rows.Write(output, rows, new(format, []), width: null);
        return output.ToString();
    }

    private static string Table(int width, params (string, int, string?)[] rows)
    {
        using var output = new StringWriter();
        s_rows.Write(output, rows, new("table", []), width);
        return output.ToString();
    }
}
