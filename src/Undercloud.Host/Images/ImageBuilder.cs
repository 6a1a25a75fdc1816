using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>Builds the tool's images from their definitions with buildah.</summary>
/// <param name="processes">Runs buildah, podman and mmdebstrap.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Shows the progress.</param>
/// <param name="directory">The directory of the definitions.</param>
/// <param name="paths">Where builds keep their files; the machine's usual places unless given.</param>
public sealed class ImageBuilder(IProcessRunner processes, TimeProvider time, IProgressView progress, string directory, ImagePaths? paths = null)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);

    private readonly ImagePaths _paths = paths ?? new();
    private readonly ImageStore _store = new(processes);
    private readonly MarkedProcesses _marked = new(processes, (paths ?? new()).LockFile);

    /// <summary>
    /// Updates the named images and their parents to their definitions and the packages in the archive; all images when no name is given.
    /// </summary>
    /// <returns>One outcome for each image, parents first, including failures.</returns>
    /// <exception cref="ImageBuildException">The definitions have errors; nothing was built.</exception>
    public async Task<ImmutableArray<ImageOutcome>> BuildAsync(IReadOnlyCollection<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var recipes = Recipes(names, release);
        using var builds = await LockAsync(stop);
        return await RunAsync(recipes, askArchive: true, stop);
    }

    /// <summary>Finds out which images a build would rebuild, and builds none.</summary>
    /// <returns>One outcome for each image, parents first, with the reason for a rebuild; including failures.</returns>
    /// <exception cref="ImageBuildException">The definitions have errors.</exception>
    public async Task<ImmutableArray<ImageOutcome>> CheckAsync(IReadOnlyCollection<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var recipes = Recipes(names, release);
        using var held = await LockAsync(stop);
        return await RunAsync(recipes, askArchive: true, stop, builds: false);
    }

    /// <summary>Builds those of the named images that are missing or have another definition, without asking the archive.</summary>
    /// <returns>Full names to ids, of the named images and their parents.</returns>
    /// <exception cref="ImageBuildException">An image could not be built, or the definitions have errors.</exception>
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

    /// <summary>The ids of the images when all are up to date with their recipes; otherwise null.</summary>
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

    // One build at a time on a host: two would build the same image twice. The kernel releases the lock when this process ends. Processes of a killed build
    // are waited for as well: otherwise the new build would remove their working containers.
    private async Task<FileStream> LockAsync(CancellationToken stop)
    {
        var builds = await OpenLockAsync(stop);
        try
        {
            if (await Survivors.WaitAsync(_paths.LockFile, time, progress.Line, progress.Now, stop) is { Count: > 0 } left)
                throw new ImageBuildException($"An earlier build was killed, and processes that it started are still running: {string.Join(", ", left)}. End them, and run this again.");
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

    // The recipes of one release, parents first.
    private readonly record struct ReleaseRecipes(OpenStackRelease Release, ImmutableArray<ImageRecipe> Recipes);
}
