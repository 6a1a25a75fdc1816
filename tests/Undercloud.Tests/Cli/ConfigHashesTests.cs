using Undercloud.Cli.Output;

namespace Undercloud.Tests.Cli;

public sealed class ConfigHashesTests
{
    private const string Head = "--- a/step_4.json\n+++ b/step_4.json\n";
    private const string Hash = "@@ -1,3 +1,3 @@\n   \"keystone\": {\n-    \"config_hash\": \"12\",\n+    \"config_hash\": \"34\",\n";
    private const string Other = "@@ -9,2 +9,2 @@\n-    \"net\": \"host\",\n+    \"net\": \"none\",\n-    \"config_hash\": \"12\"\n+    \"config_hash\": \"34\"\n";

    [Fact]
    public void A_difference_of_nothing_but_hashes_is_not_shown() => Assert.Null(ConfigHashes.Without(Head + Hash + Hash));

    [Fact]
    public void Hunks_with_other_changes_stay_whole() => Assert.Equal(Head + Other, ConfigHashes.Without(Head + Hash + Other + Hash));

    [Fact]
    public void Other_differences_are_left_as_they_are() => Assert.Equal("--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n", ConfigHashes.Without("--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"));
}
