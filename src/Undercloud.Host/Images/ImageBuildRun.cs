using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>One build of images of a release: each image as soon as its parent exists, as many at a time as there are cores.</summary>
internal sealed class ImageBuildRun(
    IProcessRunner processes,
    TimeProvider time,
    ContainerRuntime runtime,
    string directory,
    ImmutableDictionary<string, StoredImage> existing,
    bool askArchive,
    OpenStackRelease release,
    ActiveBuilds active,
    string cache,
    bool builds = true) : IDisposable
{
    // Begins an image's part of the answer about package versions.
    private const string Mark = "undercloud-image ";

    private readonly DebianPackages _packages = new(processes, release, cache);
    private readonly CoreQueue _cores = new(Environment.ProcessorCount);
    private readonly SemaphoreSlim _lists = new(1);
    private readonly Dictionary<string, Task<ImageOutcome>> _outcomes = [];
    private readonly Dictionary<string, Task<ImmutableDictionary<string, string>>> _resolved = [];
    private ImmutableArray<ImageRecipe> _recipes;
    private bool _listsFresh;

    /// <summary>Builds the images that are outdated. The recipes are sorted: each parent comes before its children.</summary>
    public async Task<ImmutableArray<ImageOutcome>> RunAsync(ImmutableArray<ImageRecipe> recipes, CancellationToken stop)
    {
        _recipes = recipes;
        _packages.Tidy();
        await BuildContainer.TidyAsync(processes, stop);
        foreach (var recipe in recipes)
        {
            var parent = recipe.Definition.From is { } from ? _outcomes[from] : null;
            _outcomes[recipe.Definition.Name] = OutcomeAsync(recipe, parent, stop);
        }

        return [.. await Task.WhenAll(_outcomes.Values)];
    }

    public void Dispose() => _lists.Dispose();

    private async Task<ImageOutcome> OutcomeAsync(ImageRecipe recipe, Task<ImageOutcome>? parentOutcome, CancellationToken stop)
    {
        var name = recipe.Definition.Name;
        var parent = parentOutcome is null ? null : await parentOutcome;
        if (parent is { Id: null })
            return new(recipe.Tag, null, Failure: $"image {name}: not built, since {recipe.Definition.From} failed.");
        var image = existing.GetValueOrDefault(name);
        var reason = image is null ? "there was none" : image.Outdated(recipe, parent?.Id ?? "");
        try
        {
            if (reason is null && askArchive && (builds || parent?.Reason is null) && (await ResolvedAsync(parent?.Id ?? image!.Id, recipe, stop)) != image!.Packages)
                reason = "the archive has other packages";
            if (!builds && (reason ?? (parent is { Reason: not null } ? $"{recipe.Definition.From} is outdated" : null)) is { } outdated)
                return new(recipe.Tag, image?.Id ?? "", outdated);
            if (reason is null)
            {
                active.Done(name, "up to date");
                return new(recipe.Tag, image!.Id);
            }

            return new(recipe.Tag, await BuildAsync(recipe, parent?.Id, reason, stop), reason);
        }
        catch (Exception failure) when (failure is HostCommandException or ImageBuildException or IOException or UnauthorizedAccessException)
        {
            active.Done(name, "failed");
            return new(recipe.Tag, null, reason, failure is ImageBuildException ? failure.Message : $"image {name}: {FailureWords.Of(failure)}");
        }
    }

    private async Task<string> BuildAsync(ImageRecipe recipe, string? parent, string reason, CancellationToken stop)
    {
        var name = recipe.Definition.Name;
        await _cores.EnterAsync(Weight(recipe), stop);
        try
        {
            var started = time.GetTimestamp();
            active.Now(name, "starting");
            var id = parent is null ? await BuildRootAsync(recipe, stop) : await BuildOnAsync(recipe, parent, stop);
            active.Done(name, $"built in {time.GetElapsedTime(started).TotalSeconds:F0} s ({reason})");
            return id;
        }
        finally
        {
            _cores.Leave();
        }
    }

    // Images that most others depend on come first; among equals, images with more packages.
    private int Weight(ImageRecipe recipe)
    {
        var standing = _recipes.Where(other => other.Definition.From == recipe.Definition.Name).ToList();
        return recipe.Definition.PackagesIn(release).Length + standing.Sum(other => 10 + Weight(other));
    }

    private async Task<string> BuildRootAsync(ImageRecipe recipe, CancellationToken stop)
    {
        var name = recipe.Definition.Name;
        var archive = Path.Combine(_packages.Bootstrap, "root.tar");
        try
        {
            active.Now(name, $"bootstrapping {release.Suite}");
            var made = await RootFilesystem.MakeAsync(processes, release.Suite, recipe.Definition.PackagesIn(release), archive, await _packages.HostOptionsAsync(stop), stop);
            Check(made, name, $"bootstrapping {release.Suite}", made.Command.ToString());
            await using var container = await BuildContainer.OpenAsync(processes, runtime, $"{release.Name}-{name}", "scratch", stop);
            await container.UnpackAsync(archive, stop);
            return await container.CommitAsync(recipe.Tag, recipe.Definition.Command, Labels(recipe, "", new ResolvedPackages([]).Fingerprint()), stop);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private async Task<string> BuildOnAsync(ImageRecipe recipe, string parent, CancellationToken stop)
    {
        var name = recipe.Definition.Name;
        active.Now(name, "fetching package lists");
        await FreshListsAsync(parent, stop);
        await using var container = await BuildContainer.OpenAsync(processes, runtime, $"{release.Name}-{name}", parent, stop);
        foreach (var file in recipe.Definition.Files)
            await container.CopyAsync(Path.Combine(directory, file.Source), file.Path, file.Mode, stop);
        active.Now(name, "resolving packages");
        var resolved = Check(await container.RunAsync(recipe.ResolveScript(), Lists, stop), name, "resolving packages", recipe.ResolveScript());
        await RunStepsAsync(recipe, container, stop);
        active.Now(name, "writing the layer");
        return await container.CommitAsync(recipe.Tag, recipe.Definition.Command, Labels(recipe, parent, ResolvedPackages.Read(resolved.Output).Fingerprint()), stop);
    }

    private async Task RunStepsAsync(ImageRecipe recipe, BuildContainer container, CancellationToken stop)
    {
        var name = recipe.Definition.Name;
        var archives = await _packages.OpenAsync(name, stop);
        try
        {
            foreach (var step in recipe.Steps())
            {
                active.Now(name, step.Doing);
                Check(await container.RunAsync(step.Script, [.. Lists, (archives, "/var/cache/apt/archives")], stop), name, step.Doing, step.Script);
            }
        }
        finally
        {
            // Downloads of a failed build are complete as well: apt keeps partial files in a separate directory.
            _packages.Close(archives);
        }
    }

    private (string, string)[] Lists => [(_packages.Lists, "/var/lib/apt/lists")];

    private static Dictionary<string, string> Labels(ImageRecipe recipe, string parent, string packages) => new()
    {
        [StoredImage.NameLabel] = recipe.Definition.Name,
        [StoredImage.ReleaseLabel] = recipe.Release.Name,
        [StoredImage.DefinitionLabel] = recipe.Fingerprint(),
        [StoredImage.ParentLabel] = parent,
        [StoredImage.PackagesLabel] = packages,
    };

    // The fingerprint of the packages that apt would install for a recipe now. All recipes on one parent are resolved in one run.
    private async Task<string> ResolvedAsync(string image, ImageRecipe recipe, CancellationToken stop)
    {
        Task<ImmutableDictionary<string, string>>? asked;
        lock (_resolved)
        {
            if (!_resolved.TryGetValue(image, out asked))
                _resolved[image] = asked = AskAsync(image, recipe.Definition.From ?? recipe.Definition.Name, stop);
        }

        var name = recipe.Definition.Name;
        return (await asked).GetValueOrDefault(name)
            ?? throw new ImageBuildException($"image {name}: asked for package versions, the archive's answer does not name the image. Run this again.");
    }

    private async Task<ImmutableDictionary<string, string>> AskAsync(string image, string name, CancellationToken stop)
    {
        var subject = $"{name} and the images built on it";
        active.Now(subject, "asking the archive for package versions");
        try
        {
            return await AnswerAsync(image, name, stop);
        }
        finally
        {
            active.Idle(subject);
        }
    }

    private async Task<ImmutableDictionary<string, string>> AnswerAsync(string image, string name, CancellationToken stop)
    {
        await FreshListsAsync(image, stop);
        var asked = _recipes.Where(r => r.Definition.From == name || (r.Definition.From is null && r.Definition.Name == name)).ToList();
        var script = string.Join('\n', asked.Select(r => $"echo '{Mark}{r.Definition.Name}'\n{r.ResolveScript()}"));
        await using var container = await BuildContainer.OpenAsync(processes, runtime, $"{release.Name}-ask-{name}", image, stop);
        var answer = Check(await container.RunAsync(script, Lists, stop), name, "asking the archive for package versions", script);
        return answer.Output.Split(Mark, StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Contains('\n'))
            .Select(part => (Name: part[..part.IndexOf('\n')], Text: part))
            .ToImmutableDictionary(part => part.Name, part => ResolvedPackages.Read(part.Text).Fingerprint());
    }

    private async Task FreshListsAsync(string image, CancellationToken stop)
    {
        await _lists.WaitAsync(stop);
        try
        {
            if (_listsFresh)
                return;
            await using var container = await BuildContainer.OpenAsync(processes, runtime, $"{release.Name}-lists", image, stop);
            Check(await container.RunAsync("apt-get update -q -o APT::Update::Error-Mode=any -o Acquire::Languages=none", Lists, stop), release.Name, "fetching package lists", "apt-get update");
            _listsFresh = true;
        }
        finally
        {
            _lists.Release();
        }
    }

    private static ProcessResult Check(ProcessResult result, string image, string doing, string command)
    {
        if (result.Succeeded)
            return result;
        var log = result.Output.Length > 0 ? result.Output : result.Error;
        var tail = string.Join("\n    ", log.TrimEnd().Split('\n').TakeLast(15));
        throw new ImageBuildException($"image {image}: {doing} failed with exit code {result.ExitCode}.\n  {command.Split('\n')[0]}\n    {tail}");
    }
}
