using System.Collections.Immutable;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>Pulls images and pins each container to an image id, before any running container is changed.</summary>
internal sealed class ImageStage(Podman podman, TimeProvider time)
{
    private const int Attempts = 3;
    private readonly Dictionary<string, string?> _ids = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);

    /// <summary>Images that are missing and cannot be pulled, one sentence each.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>
    /// The containers with their image ids. With <see cref="ContainerApplyOptions.Check"/> nothing is pulled, and an image that is still to be built is no
    /// problem: its id stays open, and a container with this image counts as changed.
    /// </summary>
    public async Task<ImmutableArray<ContainerSpec>> ResolveAsync(ImmutableArray<ContainerSpec> specs, ContainerApplyOptions options, CancellationToken stop)
    {
        var references = specs.Where(spec => spec.Kind != ContainerKind.Exec).SelectMany(spec => new[] { spec.Image, spec.ImageId })
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        foreach (var (reference, id) in references.Zip(await podman.ImageIdsAsync(references, stop)))
            _ids[reference] = id;
        var resolved = ImmutableArray.CreateBuilder<ContainerSpec>(specs.Length);
        foreach (var spec in specs)
            resolved.Add(spec.Kind == ContainerKind.Exec ? spec : await ResolveAsync(spec, options, stop));
        return resolved.MoveToImmutable();
    }

    private async Task<ContainerSpec> ResolveAsync(ContainerSpec spec, ContainerApplyOptions options, CancellationToken stop)
    {
        if (IdOf(spec) is null && spec.Image is { } name && IsRemote(name))
        {
            if (options.Check)
                return spec;
            await PullAsync(name, options.Progress, stop);
        }

        if (IdOf(spec) is not { } id)
        {
            _problems.Add(
                spec.ImageId is { } pinned
                    ? $"Image {spec.Image ?? ""} with id {pinned[..12]}, which container '{spec.Name}' needs, is not on this host."
                    : $"Image {spec.Image}, which container '{spec.Name}' needs, is not on this host. Local images are made by `undercloud image build`.");
            return spec;
        }

        // The name may refer to another image by now: the id says which one to start.
        return spec with { ImageId = id, Image = spec.Image is { } image && _ids[image] == id ? image : null };
    }

    private string? IdOf(ContainerSpec spec) => _ids[spec.ImageId ?? spec.Image!];

    private async Task PullAsync(string image, Action<string>? progress, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            progress?.Invoke($"pulling {image}");
            var pulled = await podman.PullAsync(image, stop);
            if (pulled.Succeeded)
                break;
            if (attempt == Attempts)
            {
                _problems.Add($"`{pulled.Command}` failed {Attempts} times. {pulled.Tail(5)}");
                break;
            }

            await Task.Delay(TimeSpan.FromSeconds(2 * attempt), time, stop);
        }

        _ids[image] = await podman.ImageIdAsync(image, stop);
        if (_ids[image] is { } id)
            _ids[id] = id;
    }

    // The reference begins with a registry: a host with a dot or a port.
    private static bool IsRemote(string image)
    {
        var host = image.Contains('/') ? image[..image.IndexOf('/')] : "";
        return host != "localhost" && host.AsSpan().ContainsAny('.', ':');
    }
}
