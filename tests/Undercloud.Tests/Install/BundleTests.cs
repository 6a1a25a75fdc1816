using System.Collections.Immutable;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Install;

/// <summary>Bundles with real tar archives; apt, podman and skopeo only leave files.</summary>
public sealed class BundleTests : IDisposable
{
    private const string Memcached = "localhost/undercloud/memcached:zed";
    private static readonly string s_id = new('a', 64);
    private readonly FakeInstallation _host = new();
    private bool _loaded = true;

    public BundleTests()
    {
        File.WriteAllText(Paths.System, "ID=debian\nVERSION_CODENAME=bookworm\n");
        _host.Host
            .Do("podman image ls", _ => (0, _loaded ? $$"""[{"Id": "{{s_id}}", "Names": ["{{Memcached}}"], "Size": 1000, "Created": 1}]""" : "[]", ""))
            .Do("podman push", command => Write(command.Arguments[^1].Split(':')[1] + "/index.json"))
            .Do("bash -euo", command => Write(command.Arguments[5] + "/one_1_all.deb"))
            .Do("skopeo copy", _ => Load())
            .Do("tar", Really).Do("cp", Really).Do("sha256sum", Really);
        _host.Ready();
    }

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BundlePaths Paths => new() { Staging = At("staging"), Imported = At("imported"), Sources = At("undercloud-bundle.list"), System = At("os-release") };

    private string Bundle => At("bundle.tar");

    [Fact]
    public async Task A_bundle_brings_images_tool_and_packages_and_leaves_nothing_else_behind()
    {
        await CreateAsync();
        Assert.False(Directory.Exists(Paths.Staging));
        Assert.Contains(_host.Host.Lines, line => line.StartsWith($"podman push --quiet {s_id} oci:", StringComparison.Ordinal) && line.EndsWith($":{Memcached}", StringComparison.Ordinal));
        Assert.Contains(_host.Host.Ran, command => command.Program == "bash" && command.Arguments.Contains("podman") && command.Arguments.Contains("chrony"));
        _loaded = false;
        var manifest = await ImportAsync();
        Assert.Equal(("zed", "bookworm", s_id), (manifest.Release, manifest.Suite, manifest.Images[Memcached]));
        Assert.Equal($"deb [trusted=yes] file:{Paths.Imported}/packages ./", File.ReadLines(Paths.Sources).Last());
        Assert.True(File.Exists(Path.Combine(Paths.Imported, "packages/one_1_all.deb")));
        Assert.True(File.Exists(Path.Combine(Paths.Imported, "tool/undercloud")));
        Assert.True(File.Exists(Path.Combine(Paths.Imported, "tool/images/memcached.yaml")));
        Assert.False(Directory.Exists(Path.Combine(Paths.Imported, "images")));
        Assert.Contains(_host.Host.Lines, line => line.StartsWith("skopeo copy --quiet oci:", StringComparison.Ordinal) && line.EndsWith($" containers-storage:{Memcached}", StringComparison.Ordinal));
        Assert.True(new BundleRecord(_host.State).Has(Memcached, s_id));
        Assert.False(new BundleRecord(_host.State).Has(Memcached, new('b', 64)));
        Assert.Contains(_host.Host.Ran, command => command.Program == "dpkg-query" && command.Arguments.Contains("chrony"));
    }

    [Fact]
    public async Task A_second_import_loads_nothing_again()
    {
        await CreateAsync();
        await ImportAsync();
        Assert.DoesNotContain(_host.Host.Lines, line => line.StartsWith("skopeo copy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bundle_for_another_Debian_is_refused()
    {
        await CreateAsync();
        File.WriteAllText(Paths.System, "VERSION_CODENAME=trixie\n");
        Assert.Contains("has packages of Debian bookworm, and this host runs Debian trixie", (await Assert.ThrowsAsync<InstallException>(ImportAsync)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Paths.Sources));
    }

    [Fact]
    public async Task A_damaged_bundle_is_refused_and_the_former_one_stays()
    {
        await CreateAsync();
        await ImportAsync();
        var bytes = File.ReadAllBytes(Bundle);
        var at = bytes.AsSpan().LastIndexOf("written for"u8);
        bytes[at]++;
        File.WriteAllBytes(Bundle, bytes);
        var failure = await Assert.ThrowsAsync<InstallException>(ImportAsync);
        Assert.Contains("is damaged, and nothing was imported: ", failure.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Paths.Imported, "tool/undercloud")));
        File.WriteAllText(Bundle, "no tar");
        Assert.Contains("is no bundle", (await Assert.ThrowsAsync<InstallException>(ImportAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_changed_and_foreign_files_are_all_named()
    {
        var directory = Directory.CreateDirectory(At("members")).FullName;
        foreach (var name in new[] { "gone", "changed", "same" })
            File.WriteAllText(Path.Combine(directory, name), name);
        var manifest = await new BundleManifest("zed", "bookworm", [], ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, (long, string)>.Empty).WithFilesAsync(_host.Host, directory, Stop);
        Assert.Empty(await BundleManifest.Read(manifest.Write(), "f").DamageAsync(_host.Host, directory, Stop));
        File.Delete(Path.Combine(directory, "gone"));
        File.WriteAllText(Path.Combine(directory, "changed"), "charged");
        File.WriteAllText(Path.Combine(directory, "foreign"), "");
        Assert.Equal(["changed is damaged", "gone is missing", "foreign does not belong to it"], await manifest.DamageAsync(_host.Host, directory, Stop));
    }

    [Theory]
    [InlineData("{}", "is no bundle: it has no bundle.json")]
    [InlineData("{", "is no bundle, or a damaged one")]
    [InlineData("""{"format": 2, "packages": [], "images": {}, "files": {}}""", "is a bundle of format 2; this version of undercloud reads format 1")]
    [InlineData("""{"format": 1, "packages": [], "images": {}, "files": {}}""", "is no bundle, or a damaged one")]
    public void What_is_no_bundle_is_said_with_the_remedy(string text, string said) =>
        Assert.StartsWith($"f {said}", Assert.Throws<InstallException>(() => BundleManifest.Read(text, "f")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_update_does_not_ask_the_archive_about_images_of_a_bundle()
    {
        using var other = new FakeInstallation().Ready();
        var install = new InstallOperation(other.Context, new(other.Request(), "install", InstallGoal.Apply));
        await install.RunAsync(Stop);
        new BundleRecord(other.State).Keep(install.Run.Plan.Images);
        Assert.DoesNotContain(await new UpdateCheck(other.Context).RunAsync(other.Request(), Stop), part => part.Kind == "image");
        await new InstallOperation(other.Context, new(other.Request(), "update", InstallGoal.Apply) { RenewsImages = true }).RunAsync(Stop);
        Assert.DoesNotContain(other.Host.Lines, line => line.StartsWith("buildah", StringComparison.Ordinal));
    }

    private Task CreateAsync()
    {
        var plan = _host.Applied() with { Images = new SortedDictionary<string, string> { [Memcached] = s_id } };
        return new BundleCreation(_host.Context, Paths).RunAsync(plan with { Nodes = [plan.Nodes[0] with { Packages = ["chrony"] }] }, Bundle, Stop);
    }

    private Task<BundleManifest> ImportAsync() => new BundleImport(_host.Context, Paths).RunAsync(Bundle, Stop);

    private string At(string name) => Path.Combine(_host.Home, name);

    private (int, string, string) Load()
    {
        _loaded = true;
        return (0, "", "");
    }

    private static (int, string, string) Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "written for a test");
        return (0, "", "");
    }

    private static (int, string, string) Really(CommandLine command)
    {
        var ran = new ProcessRunner(TimeProvider.System).RunAsync(command, Stop).GetAwaiter().GetResult();
        return (ran.ExitCode, ran.Output, ran.Error);
    }
}
