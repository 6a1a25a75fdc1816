using System.Collections.Immutable;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>Builds images of ours with buildah from their definitions.</summary>
/// <param name="processes">Runs buildah, podman and mmdebstrap.</param>
/// <param name="time">Measures.</param>
/// <param name="progress">Is told what is going on.</param>
/// <param name="directory">Where the definitions are.</param>
/// <param name="paths">Where builds keep their files; the machine's usual places unless given.</param>
public sealed class ImageBuilder(IProcessRunner processes, TimeProvider time, IProgressView progress, string directory, ImagePaths? paths = null)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);

    private readonly ImagePaths _paths = paths ?? new();
    private readonly ImageStore _store = new(processes);
    private readonly MarkedProcesses _marked = new(processes, (paths ?? new()).LockFile);

    /// <summary>
    /// Brings the named images and all they stand on up to date with their definitions and with the archive; all images when no name is given.
    /// </summary>
    /// <returns>One outcome an image, parents first. Failures are among them.</returns>
    /// <exception cref="ImageBuildException">The definitions are wrong; nothing was built.</exception>
    public async Task<ImmutableArray<ImageOutcome>> BuildAsync(IReadOnlyCollection<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var recipes = Recipes(names, release);
        using var builds = await LockAsync(stop);
        return await RunAsync(recipes, askArchive: true, stop);
    }

    /// <summary>Finds out which images a build would make anew, and builds none.</summary>
    /// <returns>One outcome an image, parents first; the reason is why it would be built. Failures are among them.</returns>
    /// <exception cref="ImageBuildException">The definitions are wrong.</exception>
    public async Task<ImmutableArray<ImageOutcome>> CheckAsync(IReadOnlyCollection<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var recipes = Recipes(names, release);
        using var held = await LockAsync(stop);
        return await RunAsync(recipes, askArchive: true, stop, builds: false);
    }

    /// <summary>Builds what is missing of the named images, or was made from another definition, without a look at the archive.</summary>
    /// <returns>Full names to ids, of the named images and all they stand on.</returns>
    /// <exception cref="ImageBuildException">Something could not be built, or the definitions are wrong.</exception>
    public async Task<IReadOnlyDictionary<string, string>> EnsureAsync(IReadOnlyCollection<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var recipes = Recipes(names, release);
        if (await CurrentAsync(recipes, stop) is { } there)
            return there;
        using var builds = await LockAsync(stop);
        var outcomes = await RunAsync(recipes, askArchive: false, stop);
        var failures = outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => outcome.Failure).ToList();
        if (failures.Count > 0)
            throw new ImageBuildException(string.Join("\n", failures));
        return outcomes.ToImmutableSortedDictionary(outcome => outcome.Tag, outcome => outcome.Id!, StringComparer.Ordinal);
    }

    /// <summary>The images' ids when every one is what its recipe makes; otherwise null.</summary>
    internal static ImmutableSortedDictionary<string, string>? Current(ImmutableArray<ImageRecipe> recipes, ImmutableDictionary<string, StoredImage> images)
    {
        var ids = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var recipe in recipes)
        {
            var parent = recipe.Definition.From is { } from ? images.GetValueOrDefault(from)?.Id : "";
            if (parent is null || !images.TryGetValue(recipe.Definition.Name, out var image) || image.Outdated(recipe, parent) is not null)
                return null;
            ids[recipe.Tag] = image.Id;
        }

        return ids.ToImmutable();
    }

    private async Task<ImmutableSortedDictionary<string, string>?> CurrentAsync(ImmutableArray<ReleaseRecipes> recipes, CancellationToken stop)
    {
        var ids = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var (release, own) in recipes)
        {
            if (Current(own, await _store.OfAsync(release, stop)) is not { } there)
                return null;
            ids = ids.SetItems(there);
        }

        return ids;
    }

    private async Task<ImmutableArray<ImageOutcome>> RunAsync(ImmutableArray<ReleaseRecipes> recipes, bool askArchive, CancellationToken stop, bool builds = true)
    {
        var runtime = await ContainerRuntime.FindAsync(processes, stop, _paths);
        var outcomes = ImmutableArray.CreateBuilder<ImageOutcome>();
        foreach (var (release, own) in recipes)
        {
            using var run = new ImageBuildRun(_marked, time, runtime, directory, await _store.OfAsync(release, stop), askArchive, release, new(progress), _paths.Cache, builds);
            outcomes.AddRange(await run.RunAsync(own, stop));
        }

        return outcomes.ToImmutable();
    }

    private ImmutableArray<ReleaseRecipes> Recipes(IReadOnlyCollection<string> names, OpenStackRelease release)
    {
        var diagnostics = new DiagnosticBag();
        var catalog = ImageDefinitions.Load(directory, diagnostics);
        var wanted = diagnostics.HasErrors ? [] : catalog.ByRelease(names, release, diagnostics);
        if (diagnostics.HasErrors)
            throw new ImageBuildException(string.Join("\n", diagnostics.All));
        return [.. wanted.Select(part => new ReleaseRecipes(part.Release, [.. part.Definitions.Select(definition => definition.Recipe(directory, part.Release))]))];
    }

    // One build at a time on a machine: two would make the same image twice. The kernel lets go of it when this process ends; what a build that
    // was killed has left at work is waited for as well, or else its working containers would be removed under it.
    private async Task<FileStream> LockAsync(CancellationToken stop)
    {
        var builds = await OpenLockAsync(stop);
        try
        {
            if (await Survivors.WaitAsync(_paths.LockFile, time, progress.Line, progress.Now, stop) is { Count: > 0 } left)
                throw new ImageBuildException($"A build that was killed has left {string.Join(", ", left)} at work, and it does not end. End it, and run this again.");
            return builds;
        }
        catch
        {
            builds.Dispose();
            throw;
        }
    }

    private async Task<FileStream> OpenLockAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_paths.LockFile)!);
        for (var waited = false; ; waited = true)
        {
            try
            {
                return new FileStream(_paths.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (Files.PosixFile.IsHeldByAnother(failure))
            {
                if (!waited)
                {
                    progress.Line("Another build of images is running; waiting for it.");
                    progress.Now("waiting for another build of images");
                }

                await Task.Delay(s_poll, time, stop);
            }
        }
    }

    // What is built for one release, parents first.
    private readonly record struct ReleaseRecipes(OpenStackRelease Release, ImmutableArray<ImageRecipe> Recipes);
}
