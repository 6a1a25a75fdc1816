using Undercloud.Cli.Commands;
using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Output;

namespace Undercloud.Tests.Cli;

public sealed class LastWordsTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private static string Failed(Exception failure, RunOptions options) => Banner.Failed(failure, failure.Message, options, null);

    private static RunOptions Options(bool outputOnly = false, bool dryRun = false) => new(null, null, outputOnly, dryRun);

    [Fact]
    public void A_failed_dry_run_installed_nothing_and_says_no_such_thing()
    {
        var text = Failed(new InstallException("no"), Options(dryRun: true));
        Assert.Contains("The dry run failed. Nothing was changed.", text);
        Assert.DoesNotContain("not installed", text);
        Assert.DoesNotContain("resumes where", text);
    }

    [Fact]
    public void An_install_that_failed_half_way_is_resumed() =>
        Assert.Contains("it resumes where this run stopped", Failed(new InstallException("no"), Options()));

    [Fact]
    public void A_refused_run_changed_nothing()
    {
        var failure = new RefusedException("Another run is at work on this host: process 7.");
        Assert.Contains("The Undercloud was not installed. Nothing was changed.", Failed(failure, Options()));
        Assert.Equal(ExitCodes.Interrupted, RunEnd.CodeOf(failure));
    }

    [Fact]
    public void The_log_has_a_failure_once_and_an_interruption_in_words()
    {
        using (var events = new RunEvents(TimeProvider.System))
        {
            events.Subscribe(new RunLog(_path));
            events.Hide(new SecretMask(["first-secret"]));
            events.Hide(new SecretMask(["second-secret"]));
            Assert.Equal("said before, ***", RunEnd.Of(new InstallException("said before, first-secret") { Logged = true }, events));
            RunEnd.Of(new InstallException("said now, first-secret and second-secret"), events);
            Assert.Equal("Interrupted.", RunEnd.Of(new OperationCanceledException(), events));
        }

        var lines = File.ReadAllLines(_path).Select(line => line[24..]);
        Assert.Equal(["said now, *** and ***", "Interrupted."], lines);
    }

    [Fact]
    public void A_success_is_one_line_with_its_duration() =>
        Assert.Equal("The Undercloud has been successfully upgraded in 61 s (generation 3).", Banner.Result(new(3, true, false), "upgraded", TimeSpan.FromSeconds(61.5)));

    [Fact]
    public void A_diff_that_could_not_compare_all_does_not_say_that_nothing_would_change()
    {
        var text = Text(new(false, []) { Notes = ["Keystone does not answer, so what is in the cloud is not compared."] });
        Assert.Equal("Keystone does not answer, so what is in the cloud is not compared.\nNothing else would change.\n", text);
    }

    [Fact]
    public void A_diff_names_containers_that_would_start_or_go_and_images_that_would_be_built()
    {
        var text = Text(new(true,
        [
            new("image", "localhost/undercloud/swift:zed", "build", "it is not on this host yet"), new("container", "keystone", "start"), new("container", "mysql", "replace", "image differs"),
            new("container", "swift_proxy", "remove"),
        ]));
        Assert.Contains("image localhost/undercloud/swift:zed would be built (it is not on this host yet)\n", text);
        Assert.EndsWith("These containers would restart: mysql\nThese containers would start: keystone\nThese containers would be removed: swift_proxy\n", text);
        Assert.EndsWith("No container would start, restart or be removed.\n", Text(new(true, [new("file", "/etc/a", "create")])));
    }

    [Fact]
    public void A_diff_as_json_hides_a_secret_with_characters_that_json_escapes()
    {
        var masked = DiffText.Masked(new(["a+b/c\"d=="]), new(true, [new("file", "/etc/a", "update") { Diff = "--- a\n+++ a\n@@ -1 +1 @@\n-key: live-one\n+key: a+b/c\"d==\n" }]));
        Assert.Equal("--- a\n+++ a\n@@ -1 +1 @@\n-key: ***\n+key: ***\n", masked.Changes[0].Diff);
    }

    private static string Text(NodeResult result)
    {
        using var output = new StringWriter();
        DiffText.Write(result, new("table", []), output, TextWriter.Null);
        return output.ToString();
    }
}
