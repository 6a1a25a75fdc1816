using Undercloud.Host.Output;

namespace Undercloud.Host.Images;

/// <summary>Shows in the progress view what concurrent builds are doing.</summary>
internal sealed class ActiveBuilds(IProgressView progress)
{
    private readonly SortedDictionary<string, string> _doing = new(StringComparer.Ordinal);

    /// <summary>Sets the current action for an image.</summary>
    public void Now(string image, string doing)
    {
        lock (_doing)
        {
            _doing[image] = doing;
            Show();
        }
    }

    /// <summary>Clears the current action of an image.</summary>
    public void Idle(string image)
    {
        lock (_doing)
            _doing.Remove(image);
    }

    /// <summary>Marks an image as finished and prints a line.</summary>
    public void Done(string image, string line)
    {
        lock (_doing)
        {
            _doing.Remove(image);
            progress.Line($"image {image}: {line}");
            if (_doing.Count > 0)
                Show();
        }
    }

    private void Show() => progress.Now(string.Join("; ", _doing.Select(build => $"image {build.Key}: {build.Value}")));
}
