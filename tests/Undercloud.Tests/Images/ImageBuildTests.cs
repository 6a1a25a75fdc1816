using Undercloud.Host.Images;

namespace Undercloud.Tests.Images;

public sealed class ImageBuildTests : IDisposable
{
    private readonly FakeBuilds _builds = new();

    public void Dispose() => _builds.Dispose();

    [Fact]
    public async Task Each_image_is_built_on_the_id_of_its_parent()
    {
        var outcomes = await _builds.BuildAsync("keystone", "glance");
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        Assert.Equal(["base", "openstack"], _builds.Committed.Take(2).Select(Name));
        Assert.Equal(["glance", "keystone"], _builds.Committed.Skip(2).Select(Name).Order());
        Assert.Contains(_builds.Host.Lines, line => line == "buildah from --pull-never --name undercloud-build-zed-base scratch");
        Assert.Contains(_builds.Host.Lines, line => line == "buildah from --pull-never --name undercloud-build-zed-openstack id-of-base");
        Assert.Contains(_builds.Host.Lines, line => line == "buildah from --pull-never --name undercloud-build-zed-keystone id-of-openstack");
        Assert.Contains(_builds.Host.Ran, command => command.Arguments.Contains("undercloud.parent=id-of-openstack") && command.Arguments.Contains("undercloud.image=keystone"));
    }

    [Fact]
    public async Task A_second_build_asks_the_archive_and_builds_nothing()
    {
        await _builds.BuildAsync();
        _builds.Keep();
        var outcomes = await _builds.BuildAsync();
        Assert.Equal(4, outcomes.Length);
        Assert.All(outcomes, outcome => Assert.Equal((null, null), (outcome.Reason, outcome.Failure)));
        Assert.Empty(_builds.Committed);

        // All that stand on one image are asked about in one run.
        Assert.Equal(2, _builds.Host.Lines.Count(line => line.StartsWith("buildah from", StringComparison.Ordinal) && line.Contains("-ask-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Newer_packages_in_the_archive_make_an_image_anew_with_all_that_stands_on_it()
    {
        await _builds.BuildAsync();
        _builds.Keep();
        _builds.Version = "1.1";
        var outcomes = await _builds.BuildAsync("keystone");
        Assert.Equal([null, "the archive has other packages", "openstack changed"], outcomes.Select(outcome => outcome.Reason));
        Assert.Equal("new-keystone", outcomes[^1].Id);
    }

    [Fact]
    public async Task Newer_packages_are_no_reason_for_an_install_to_build()
    {
        await _builds.BuildAsync();
        _builds.Keep();
        _builds.Version = "1.1";
        Assert.Equal("id-of-keystone", (await _builds.EnsureAsync("keystone"))["localhost/undercloud/keystone:zed"]);
        Assert.Equal(["podman image ls --all --no-trunc --format json"], _builds.Host.Lines);
    }

    [Fact]
    public async Task An_install_that_fails_is_told_with_its_image_command_and_last_lines_and_commits_nothing()
    {
        _builds.Failing["install -y"] = string.Concat(Enumerable.Range(1, 20).Select(number => $"line {number}\n")) + "E: Unable to fetch some archives";
        var outcomes = await _builds.BuildAsync("openstack");
        Assert.Null(outcomes[^1].Id);
        Assert.Contains("image openstack: installing packages failed with exit code 100.\n  apt-get install -y", outcomes[^1].Failure, StringComparison.Ordinal);
        Assert.EndsWith("\n    E: Unable to fetch some archives", outcomes[^1].Failure, StringComparison.Ordinal);
        Assert.DoesNotContain("line 5\n", outcomes[^1].Failure, StringComparison.Ordinal);
        Assert.Equal(["base"], _builds.Committed.Select(Name));
    }

    [Fact]
    public async Task What_stands_on_an_image_that_failed_is_not_built_and_says_why_and_the_others_go_on()
    {
        _builds.Define("other", "from: base\npackages: [other]");
        _builds.Failing["install -y -q -o APT::Install-Recommends=false -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dpkg::Options::=--force-unsafe-io python3"] = "no";
        var outcomes = (await _builds.BuildAsync()).ToDictionary(outcome => Name(outcome.Tag));
        Assert.Equal("image keystone: not built, since openstack failed.", outcomes["keystone"].Failure);
        Assert.Equal("image glance: not built, since openstack failed.", outcomes["glance"].Failure);
        Assert.Equal("id-of-other", outcomes["other"].Id);
    }

    [Fact]
    public async Task An_install_hears_of_all_failures_at_once()
    {
        _builds.Failing["install -y"] = "no";
        _builds.Define("other", "from: base\npackages: [other]");
        var failure = await Assert.ThrowsAsync<ImageBuildException>(() => _builds.EnsureAsync("keystone", "other"));
        Assert.Contains("image openstack: installing packages failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("image other: installing packages failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("image keystone: not built", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("install -y")]
    [InlineData("install -s")]
    [InlineData("apt-get update")]
    public async Task Every_working_container_is_removed_whatever_fails(string? failing)
    {
        if (failing is not null)
            _builds.Failing[failing] = "no";
        await _builds.BuildAsync();
        var opened = _builds.Host.Ran.Where(command => command.Arguments is ["from", ..]).Select(command => command.Arguments[3]).ToList();
        Assert.NotEmpty(opened);
        Assert.All(opened, name => Assert.True(_builds.Host.Lines.ToList().LastIndexOf($"buildah rm {name}") > _builds.Host.Lines.ToList().FindLastIndex(line => line.Contains($" {name} ", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task What_a_killed_build_left_goes_first_and_containers_of_others_stay()
    {
        _builds.Host.Answer("buildah containers", "undercloud-build-zed-keystone\nsomebody-elses\n");
        await _builds.BuildAsync("keystone");
        var lines = _builds.Host.Lines.ToList();
        Assert.InRange(lines.IndexOf("buildah rm undercloud-build-zed-keystone"), 0, lines.FindIndex(line => line.StartsWith("buildah from", StringComparison.Ordinal)));
        Assert.DoesNotContain("buildah rm somebody-elses", lines);
    }

    [Fact]
    public async Task Package_lists_are_fetched_once_for_all_and_not_at_all_where_nothing_is_built()
    {
        await _builds.BuildAsync();
        Assert.Equal(1, _builds.Host.Lines.Count(line => line.Contains("apt-get update", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_archive_that_does_not_answer_leaves_the_images_as_they_are()
    {
        await _builds.BuildAsync();
        _builds.Keep();
        _builds.Failing["apt-get update"] = "Err:1 http://deb.example.org bookworm InRelease\n  Could not connect";
        var outcomes = await _builds.BuildAsync();
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Failure));
        Assert.Contains("Could not connect", outcomes[0].Failure, StringComparison.Ordinal);
        Assert.Empty(_builds.Committed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("who knows\n")]
    public async Task An_answer_that_names_no_image_is_a_failure_of_the_images(string answer)
    {
        await _builds.BuildAsync();
        _builds.Keep();
        _builds.Printing = answer;
        var outcomes = await _builds.BuildAsync();
        Assert.Equal("image base: asked for package versions, the archive's answer does not name the image. Run this again.", outcomes[0].Failure);
        Assert.Empty(_builds.Committed);
    }

    [Fact]
    public async Task A_command_of_buildah_that_fails_is_told_with_the_image()
    {
        _builds.Host.Clear().Answer("podman image ls", "[]").Answer("buildah from", "error creating build container: no space left on device", exit: 125);
        var outcomes = await _builds.BuildAsync("openstack");
        Assert.Contains("image base: `buildah from", outcomes[0].Failure, StringComparison.Ordinal);
        Assert.Contains("no space left on device", outcomes[0].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_failure_of_its_image_and_not_of_the_program()
    {
        _builds.Host.Do("apt-config dump", _ =>
        {
            Directory.Delete(Path.Combine(_builds.Paths.Cache, "bootstrap"), recursive: true);
            return (0, "", "");
        });
        var outcomes = await _builds.BuildAsync("openstack");
        Assert.StartsWith("image base: There is no ", outcomes[0].Failure, StringComparison.Ordinal);
        Assert.Equal("image openstack: not built, since base failed.", outcomes[1].Failure);
    }

    [Fact]
    public async Task The_archive_is_reached_as_this_host_reaches_it()
    {
        _builds.Host.Answer("apt-config dump", "Acquire::http::Proxy \"http://proxy.example.org:3128\";\nAcquire::Languages \"none\";\n");
        await _builds.BuildAsync("base");
        var bootstrap = _builds.Host.Ran.Single(command => command.Program == "mmdebstrap");
        Assert.Contains("--aptopt=Acquire::http::Proxy \"http://proxy.example.org:3128\";", bootstrap.Arguments);
        Assert.DoesNotContain(bootstrap.Arguments, argument => argument.Contains("Languages", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_builds.Paths.Cache, "bootstrap", FakeBuilds.Zed.Suite)));
    }

    private static string Name(string tag) => tag.Split('/', ':')[^2];
}
