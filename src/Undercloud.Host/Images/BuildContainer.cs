using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>A working container of buildah: gone when disposed, whatever happened; an image only once committed.</summary>
internal sealed class BuildContainer : IAsyncDisposable
{
    private const string Prefix = "undercloud-build-";

    // Nobody is there to be asked. A file of ours wins over the one of the same name that a package brings.
    private static readonly ImmutableDictionary<string, string> s_environment = ImmutableDictionary<string, string>.Empty
        .Add("DEBIAN_FRONTEND", "noninteractive").Add("DPKG_FORCE", "confold").Add("LC_ALL", "C.UTF-8");

    private readonly IProcessRunner _processes;
    private readonly ContainerRuntime _runtime;
    private readonly string _name;

    private BuildContainer(IProcessRunner processes, ContainerRuntime runtime, string name) => (_processes, _runtime, _name) = (processes, runtime, name);

    /// <summary>A new working container on an image id, or on <c>scratch</c>.</summary>
    public static async Task<BuildContainer> OpenAsync(IProcessRunner processes, ContainerRuntime runtime, string name, string from, CancellationToken stop)
    {
        var container = new BuildContainer(processes, runtime, Prefix + name);
        try
        {
            (await processes.RunAsync(new("buildah", ["from", "--pull-never", "--name", container._name, .. runtime.LimitOptions, from]) { OwnSession = true }, stop)).OrThrow();
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>Removes the working containers that an interrupted build left. The caller holds the builds' lock.</summary>
    public static async Task TidyAsync(IProcessRunner processes, CancellationToken stop)
    {
        var all = await processes.RunAsync(CommandLine.Of("buildah", "containers", "--format", "{{.ContainerName}}"), stop);
        foreach (var left in all.OrThrow().Output.Split('\n').Where(name => name.StartsWith(Prefix)))
            (await processes.RunAsync(CommandLine.Of("buildah", "rm", left), stop)).OrThrow();
    }

    /// <summary>Runs a shell script in it, with the host's network, both outputs in one.</summary>
    public Task<ProcessResult> RunAsync(string script, IEnumerable<(string Host, string Inside)> mounts, CancellationToken stop) => BuildahAsync(
        [
            .. _runtime.RuntimeOptions, "run", "--network", "host",
            .. s_environment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
            .. mounts.SelectMany(mount => new[] { "--volume", $"{mount.Host}:{mount.Inside}" }),
            _name, "--", "sh", "-ec", "exec 2>&1\n" + script,
        ],
        stop);

    public async Task CopyAsync(string source, string path, string mode, CancellationToken stop) =>
        (await BuildahAsync(["copy", "--quiet", "--chown", "0:0", "--chmod", mode, _name, source, path], stop)).OrThrow();

    /// <summary>Unpacks a tar archive into its root.</summary>
    public async Task UnpackAsync(string archive, CancellationToken stop) =>
        (await BuildahAsync(["add", "--quiet", _name, archive, "/"], stop)).OrThrow();

    /// <summary>Makes it an image of that name, which nobody sees before it is whole, and returns its id.</summary>
    public async Task<string> CommitAsync(string tag, ImmutableArray<string> command, IEnumerable<KeyValuePair<string, string>> labels, CancellationToken stop)
    {
        (await BuildahAsync(["config", "--cmd", CommandJson(command), .. labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }), _name], stop)).OrThrow();
        return (await BuildahAsync(["commit", "--quiet", _name, tag], stop)).OrThrow().Output.Trim();
    }

    /// <summary>What a container of the image runs, as buildah takes it; a shell when nothing is said.</summary>
    internal static string CommandJson(ImmutableArray<string> command)
    {
        var words = command.IsEmpty ? ["/bin/bash"] : command;
        return new JsonArray([.. words.Select(word => (JsonNode)word)]).ToJsonString();
    }

    public async ValueTask DisposeAsync() =>
        await _processes.RunAsync(CommandLine.Of("buildah", "rm", _name) with { OwnSession = true }, CancellationToken.None);

    private Task<ProcessResult> BuildahAsync(ImmutableArray<string> arguments, CancellationToken stop) =>
        _processes.RunAsync(new("buildah", arguments) { OwnSession = true }, stop);
}
