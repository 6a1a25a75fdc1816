using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Images;
using Undercloud.Tests.BareMetal;
using Undercloud.Tests.Node;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Images;

/// <summary>A machine that builds images: definitions in a directory, and a buildah that only remembers.</summary>
internal sealed class FakeBuilds : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("undercloud-images-").FullName;

    public FakeBuilds()
    {
        Directory.CreateDirectory(Definitions);
        Define("base", "packages: [apt]");
        Define("openstack", "from: base\npackages: [python3]");
        Define("keystone", "from: openstack\npackages: [keystone]");
        Define("glance", "from: openstack\npackages: [glance-api]");
        File.WriteAllText(Paths.RuntimeFile, "crun\n");
        Answer("[]", "id-of");
    }

    public static OpenStackRelease Zed => OpenStackRelease.Of("zed")!;

    public FakeProcesses Host { get; } = new();

    public Said Said { get; } = new();

    public string Definitions => Path.Combine(_root, "definitions");

    public ImagePaths Paths => new() { Cache = Path.Combine(_root, "cache"), LockFile = Path.Combine(_root, "lock"), RuntimeFile = Path.Combine(_root, "runtime") };

    public string Pool => Path.Combine(Paths.Cache, "apt", Zed.Suite);

    /// <summary>What scripts in containers say that fail, by a part of the script.</summary>
    public Dictionary<string, string> Failing { get; } = [];

    /// <summary>What scripts in containers print instead of what they are asked for; null for the truth.</summary>
    public string? Printing { get; set; }

    /// <summary>The version that the archive has of each package.</summary>
    public string Version { get; set; } = "1.0";

    /// <summary>The images that were committed, in order.</summary>
    public IEnumerable<string> Committed => Host.Lines.Where(line => line.StartsWith("buildah commit", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]);

    public void Define(string name, string text) => File.WriteAllText(Path.Combine(Definitions, $"{name}.yaml"), $"name: {name}\n{text}\n");

    public ImageBuilder Builder() => new(Host, new JumpingTime(), Said, Definitions, Paths);

    public Task<ImmutableArray<ImageOutcome>> BuildAsync(params string[] names) => Builder().BuildAsync(names, Zed, TestContext.Current.CancellationToken);

    public Task<IReadOnlyDictionary<string, string>> EnsureAsync(params string[] names) => Builder().EnsureAsync(names, Zed, TestContext.Current.CancellationToken);

    /// <summary>From now on podman has what was built, as buildah labelled it.</summary>
    public void Keep()
    {
        var labels = Host.Ran.Where(command => command.Arguments is ["config", ..]).Select(command => command.Arguments.Where((_, index) => index > 0 && command.Arguments[index - 1] == "--label").Select(label => label.Split('=', 2)).ToList());
        var listed = new JsonArray([.. labels.Select(own => (JsonNode)new JsonObject
        {
            ["Id"] = $"id-of-{own[0][1]}",
            ["Names"] = new JsonArray($"localhost/undercloud/{own.Single(label => label[0] == StoredImage.NameLabel)[1]}:zed"),
            ["Size"] = 1,
            ["Created"] = 1,
            ["Labels"] = new JsonObject(own.Select(label => new KeyValuePair<string, JsonNode?>(label[0], label[1]))),
        })]).ToJsonString();
        Host.Clear();
        Answer(listed, "new");
        Host.Ran.Clear();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Answer(string images, string id) => Host
        .Answer("podman image ls", images)
        .Do("buildah commit", command => (0, $"{id}-{command.Arguments[^1].Split('/', ':')[^2]}\n", ""))
        .Do("cp -al", command => (Directory.CreateDirectory(command.Arguments[2]).Exists ? 0 : 1, "", ""))
        .Do("buildah --runtime crun run", command => Run(command.Arguments[^1]));

    private (int, string, string) Run(string script) =>
        Failing.FirstOrDefault(pair => script.Contains(pair.Key, StringComparison.Ordinal)) is { Key: not null, Value: var words } ? (100, words, "")
        : Printing is { } printed ? (0, printed, "")
        : Say(script);

    // What a shell with apt prints: echoed lines, and a line a package for a simulated installation.
    private (int, string, string) Say(string script)
    {
        var said = script.Split('\n').SelectMany(line => line switch
        {
            _ when line.StartsWith("echo '", StringComparison.Ordinal) => [line[6..^1]],
            _ when line.StartsWith("apt-get install -s", StringComparison.Ordinal) => line.Split(' ').Where(word => !word.Contains('=') && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && word is not ("apt-get" or "install" or "-s" or "-q" or "-o"))
                .Select(package => $"Inst {package} ({Version} Debian:12/stable [all])"),
            _ => (string[])[],
        });
        return (0, string.Concat(said.Select(line => line + "\n")), "");
    }
}
