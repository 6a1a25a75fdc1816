using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Deploy.Images;
using Undercloud.Host.Files;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>Images in registries: looks at them, pulls and pushes them. What fails for a while is tried again; podman keeps the layers that are complete.</summary>
/// <param name="processes">Runs podman and skopeo.</param>
/// <param name="access">How registries are reached. Passwords go to a file of mode 0600 in /run, which exists as long as the program runs.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Shows the progress.</param>
public sealed class RegistryImages(IProcessRunner processes, RegistryAccess access, TimeProvider time, IProgressView progress)
{
    // The waits between attempts.
    private static readonly TimeSpan[] s_waits = [.. new[] { 1, 3, 10, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    // A registry that stops in the middle of a layer sends nothing any more; the next attempt begins with the layers that are complete.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    /// <summary>Digest and labels of an image in a registry.</summary>
    /// <exception cref="RegistryException">The registry does not tell.</exception>
    public async Task<RegistryImage> InspectAsync(ImageReference image, CancellationToken stop)
    {
        var told = await RunAsync($"asking for {image}", image, "skopeo", (options, reached) => ["inspect", "--no-tags", .. options, $"docker://{reached}"], stop);
        return told.Json(json => new RegistryImage(json.GetProperty("Digest").GetString()!, Labels(json)));
    }

    /// <summary>Pulls an image, and gives it its name in the registry also when a mirror stood for that.</summary>
    /// <exception cref="RegistryException">It could not be pulled.</exception>
    public async Task<RegistryImage> PullAsync(ImageReference image, CancellationToken stop)
    {
        var pulled = await RunAsync($"pulling {image}", image, "podman", (options, reached) => ["pull", "--quiet", .. options, $"docker://{reached}"], stop);
        var id = pulled.Output.Trim().Split('\n')[^1];
        var inspected = (await processes.RunAsync(CommandLine.Of("podman", "image", "inspect", "--format", "json", id), stop))
            .Json(json => new RegistryImage(DigestIn(json[0], access.Reached(image)), Labels(json[0])) { Id = json[0].GetProperty("Id").GetString()! });
        (await processes.RunAsync(CommandLine.Of("podman", "tag", inspected.Id, $"{image}"), stop)).OrThrow();
        return inspected;
    }

    /// <summary>Pushes an image, and gives it its name in the registry.</summary>
    /// <param name="id">The image's id.</param>
    /// <param name="image">Where it goes.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The digest of the manifest that the registry has.</returns>
    /// <exception cref="RegistryException">It could not be pushed.</exception>
    public async Task<string> PushAsync(string id, ImageReference image, CancellationToken stop)
    {
        var scratch = ScratchDirectory.Make("push").FullName;
        try
        {
            var file = Path.Combine(scratch, "digest");
            await RunAsync($"pushing {image}", image, "podman", (options, _) => ["push", "--quiet", .. options, "--digestfile", file, id, $"docker://{image}"], stop, pushes: true);
            (await processes.RunAsync(CommandLine.Of("podman", "tag", id, $"{image}"), stop)).OrThrow();
            return (await File.ReadAllTextAsync(file, stop)).Trim();
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<ProcessResult> RunAsync(
        string doing, ImageReference image, string program, Func<ImmutableArray<string>, ImageReference, ImmutableArray<string>> arguments, CancellationToken stop, bool pushes = false)
    {
        // A mirror only gives.
        var reached = pushes ? image : access.Reached(image);
        var secret = access.AuthenticationFile(reached) is { } text ? new { Text = text, Directory = ScratchDirectory.Make("registry").FullName } : null;
        try
        {
            var file = secret is null ? null : Path.Combine(secret.Directory, "auth.json");
            if (file is not null)
                AtomicFile.WriteText(file, secret!.Text);
            ImmutableArray<string> options = [.. file is null ? [] : new[] { "--authfile", file }, .. access.IsInsecure(reached) ? new[] { "--tls-verify=false" } : []];
            return await RunAsync(doing, new CommandLine(program, arguments(options, reached)) { OwnSession = true, Timeout = s_patience }, stop);
        }
        finally
        {
            if (secret is not null)
                Directory.Delete(secret.Directory, recursive: true);
        }
    }

    private async Task<ProcessResult> RunAsync(string doing, CommandLine command, CancellationToken stop)
    {
        progress.Now(doing);
        for (var tried = 0; ; tried++)
        {
            var result = await processes.RunAsync(command, stop);
            if (result.Succeeded)
                return result;
            var failure = RegistryFailure.Of(result);
            if (failure.IsLasting || tried == s_waits.Length)
                throw new RegistryException($"{char.ToUpperInvariant(doing[0])}{doing[1..]} failed{(failure.IsLasting ? "" : $" {tried + 1} times")}.\n{result.Tail(1).Trim()}\n{failure.Remedy}");
            progress.Line($"{doing} failed, and is tried again in {s_waits[tried].TotalSeconds:F0} s: {result.Tail(1).Trim()}");
            await Task.Delay(s_waits[tried], time, stop);
        }
    }

    // podman knows one image by several digests when registries compressed its layers in different ways.
    private static string DigestIn(JsonElement image, ImageReference reached) =>
        (image.TryGetProperty("RepoDigests", out var all) && all.ValueKind == JsonValueKind.Array ? all.EnumerateArray().Select(digest => digest.GetString()!) : [])
            .Where(digest => digest.StartsWith($"{reached.Repository}@", StringComparison.Ordinal)).Select(digest => digest[(reached.Repository.Length + 1)..])
            .Order(StringComparer.Ordinal).ToList() is [var only] ? only : image.GetProperty("Digest").GetString()!;

    private static ImmutableDictionary<string, string> Labels(JsonElement image) =>
        image.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object
            ? labels.EnumerateObject().ToImmutableDictionary(label => label.Name, label => label.Value.GetString() ?? "")
            : ImmutableDictionary<string, string>.Empty;
}
