using CsCheck;
using Undercloud.Deploy.Diffs;

namespace Undercloud.Tests.Node;

public class UnifiedDiffTests
{
    [Fact]
    public void Hunks_have_three_lines_of_context()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(i => $"{i}\n"));
        var after = before.Replace("\n5\n", "\nfive\n").Replace("20\n", "20");
        Assert.Equal(
            "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
            + "@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+20\n\\ No newline at end of file\n",
            UnifiedDiff.Between("/f", before, after));
    }

    [Fact]
    public void New_file_starts_at_nothing() =>
        Assert.Equal("--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+x\n", UnifiedDiff.Between("/f", null, "x\n"));

    [Fact]
    public void Edits_turn_one_text_into_the_other_and_are_the_fewest()
    {
        var text = Gen.Select(Gen.Int[0, 3].List[0, 12], Gen.Bool).Select((lines, newline) =>
            string.Join('\n', lines) + (newline && lines.Count > 0 ? "\n" : ""));
        Gen.Select(text, text).Sample((before, after) =>
        {
            var edits = LineEdits.Between(before, after);
            Assert.Equal(before, string.Concat(edits.Where(edit => edit.Sign != '+').Select(edit => edit.Text)));
            Assert.Equal(after, string.Concat(edits.Where(edit => edit.Sign != '-').Select(edit => edit.Text)));
            Assert.Equal(Fewest(Lines(before), Lines(after)), edits.Count(edit => edit.Sign != ' '));
        });
    }

    [Fact]
    public void Two_long_texts_with_nothing_in_common_are_replaced_as_a_whole()
    {
        var before = string.Concat(Enumerable.Range(0, 5000).Select(i => $"a{i}\n"));
        var after = string.Concat(Enumerable.Range(0, 5000).Select(i => $"b{i}\n"));
        Assert.Equal(10000, LineEdits.Between(before, after).Count);
    }

    private static string[] Lines(string text) =>
        text.Length == 0 ? [] : [.. text.Split('\n')[..^1].Select(line => line + "\n"), .. text.EndsWith('\n') ? [] : new[] { text.Split('\n')[^1] }];

    // The textbook table, as the reference.
    private static int Fewest(string[] one, string[] other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i
                    : one[i - 1] == other[j - 1] ? table[i - 1, j - 1] : 1 + Math.Min(table[i - 1, j], table[i, j - 1]);
            }
        }

        return table[one.Length, other.Length];
    }
}
