using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

/// <summary>What the option table makes: the sample file and two pages of the documentation.</summary>
public sealed class GeneratedPagesTests
{
    [Theory]
    [InlineData("undercloud.conf.sample", "undercloud config sample")]
    [InlineData("undercloud-conf.md", "undercloud config reference")]
    [InlineData("from-instack.md", "undercloud config reference --from-instack")]
    public void The_page_in_docs_is_what_the_option_table_makes_now(string page, string command)
    {
        var text = page switch
        {
            "undercloud.conf.sample" => SampleFile.Write(),
            "undercloud-conf.md" => ReferencePage.Write(),
            _ => FromInstackPage.Write(),
        };
        var path = Path.Combine(Repository.Root, "docs", page);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"docs/{page} is stale. Make it anew: ./{command} > docs/{page}");
    }

    [Fact]
    public void The_reference_has_every_option_once()
    {
        var headings = ReferencePage.Write().Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal));
        Assert.Equal(UndercloudOptions.All.Select(option => $"### `{option.Name}`"), headings);
    }

    [Fact]
    public void The_guide_has_a_row_for_each_option_of_instack_undercloud_and_for_no_other()
    {
        var rows = FromInstackPage.Write().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        Assert.Equal(UndercloudOptions.All.Where(FromInstackPage.WasInInstack).Select(option => option.Name), rows.Select(row => row.Split('`')[1]));
        Assert.DoesNotContain(rows, row => row.Contains("`output_dir`", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("`network_cidr` in [DEFAULT]", StringComparison.Ordinal));
    }

    [Fact]
    public void The_rows_of_a_table_have_as_many_cells_as_its_heading()
    {
        var width = 0;
        foreach (var line in (ReferencePage.Write() + FromInstackPage.Write()).Split('\n'))
        {
            var cells = line.StartsWith('|') ? line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|') : 0;
            Assert.True(width == 0 || cells == 0 || cells == width, line);
            width = cells;
        }
    }

    [Fact]
    public void The_sample_sets_nothing()
    {
        var config = UndercloudConfigReading.Of(SampleFile.Write(), out var findings);
        Assert.All(config.Settings, setting => Assert.True(setting.IsDefault));
        Assert.DoesNotContain(findings, finding => finding.Code is not "CFG005");
    }

    [Fact]
    public void The_sample_with_every_line_uncommented_says_the_defaults()
    {
        var text = string.Join('\n', SampleFile.Write().Split('\n').Select(line => SampleLines.NameIn(line) is null ? line : line[1..]));
        var config = UndercloudConfigReading.Of(text, out var findings);
        var defaults = UndercloudConfigReading.Of("", out _);
        Assert.Equal(defaults.Settings.Select(setting => setting.Value), config.Settings.Select(setting => setting.Value));
        Assert.DoesNotContain(findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(UndercloudOptions.All.Length, SampleFile.Write().Split('\n').Count(line => SampleLines.NameIn(line) is not null));
    }
}
