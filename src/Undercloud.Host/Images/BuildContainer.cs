using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>A working container of buildah. It is always removed when disposed; it becomes an image only when committed.</summary>
internal sealed class BuildContainer : IAsyncDisposable
{
    private const string Prefix = "undercloud-build-";

    // Nobody can answer a question of dpkg. A file that the definition copies takes precedence over a package's file of the same name.
    private static readonly ImmutableDictionary<string, string> s_environment = ImmutableDictionary<string, string>.Empty
        .Add("DEBIAN_FRONTEND", "noninteractive").Add("DPKG_FORCE", "confold").Add("LC_ALL", "C.UTF-8");

    private readonly IProcessRunner _processes;
    private readonly ContainerRuntime _runtime;
    private readonly string _name;

    private BuildContainer(IProcessRunner processes, ContainerRuntime runtime, string name) => (_processes, _runtime, _name) = (processes, runtime, name);

    /// <summary>Creates a working container from an image id, or from <c>scratch</c>.</summary>
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

    /// <summary>Removes the working containers that an interrupted build left. The caller holds the lock of the builds.</summary>
    public static async Task TidyAsync(IProcessRunner processes, CancellationToken stop)
    {
        var all = await processes.RunAsync(CommandLine.Of("buildah", "containers", "--format", "{{.ContainerName}}"), stop);
        foreach (var left in all.OrThrow().Output.Split('\n').Where(name => name.StartsWith(Prefix)))
            (await processes.RunAsync(CommandLine.Of("buildah", "rm", left), stop)).OrThrow();
    }

    /// <summary>Runs a shell script in the container, with the host's network; standard error is merged into standard output.</summary>
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

    /// <summary>Unpacks a tar archive into the container's root.</summary>
    public async Task UnpackAsync(string archive, CancellationToken stop) =>
        (await BuildahAsync(["add", "--quiet", _name, archive, "/"], stop)).OrThrow();

    /// <summary>Commits the container as an image and returns its id. The image gets its name only when it is complete.</summary>
    public async Task<string> CommitAsync(string tag, ImmutableArray<string> command, IEnumerable<KeyValuePair<string, string>> labels, CancellationToken stop)
    {
        (await BuildahAsync(["config", "--cmd", CommandJson(command), .. labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }), _name], stop)).OrThrow();
        return (await BuildahAsync(["commit", "--quiet", _name, tag], stop)).OrThrow().Output.Trim();
    }

    /// <summary>The command of the image's containers in buildah's format; a shell by default.</summary>
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
