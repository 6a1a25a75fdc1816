using System.Text.RegularExpressions;
using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Cli;

public sealed partial class DocumentationTests
{
    public static TheoryData<string, string> Commands()
    {
        var data = new TheoryData<string, string>();
        var root = Repository.Root;
        foreach (var page in Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Append(Path.Combine(root, "README.md")))
        {
            foreach (Match block in Fenced().Matches(File.ReadAllText(page)))
            {
                foreach (var line in block.Groups["text"].Value.Split('\n').Select(l => l.Trim()))
                {
                    if (line.StartsWith("undercloud ", StringComparison.Ordinal) || line.StartsWith("./undercloud ", StringComparison.Ordinal))
                        data.Add(Path.GetFileName(page), line);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_in_the_documentation_is_one_the_program_takes(string page, string line)
    {
        // What the shell does with standard input and output is none of the program's business.
        var words = ShellWords.Split(line)!.Value.Skip(1).TakeWhile(word => word is not ("<" or ">" or "|")).ToArray();
        if (words.SkipWhile(word => word != "--").ElementAtOrDefault(1) == "undercloud")
            Every_command_in_the_documentation_is_one_the_program_takes(page, line[(line.IndexOf(" -- ", StringComparison.Ordinal) + 4)..]);
        var parsed = CommandTree.Create(new Composition()).Parse(words);
        Assert.True(parsed.Errors.Count == 0, $"{page}: {line}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
    }

    [Fact]
    public void Commands_between_blocks_of_data_are_read() =>
        Assert.Equal(["undercloud a\n", "undercloud b\n", "a: 1\n"], Fenced().Matches("```\nundercloud a\n```\ntext\n```console\nundercloud b\n```\nno block\n```yaml\na: 1\n```\n").Select(block => block.Groups["text"].Value));

    // A fence opens with or without the name of a language, and only a bare one closes: pairs are found from the page's beginning.
    [GeneratedRegex("^```[a-z]*\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
