using Undercloud.Host.Output;

namespace Undercloud.Host.Images;

/// <summary>Tells the progress view what the builds that run side by side are doing.</summary>
internal sealed class ActiveBuilds(IProgressView progress)
{
    private readonly SortedDictionary<string, string> _doing = new(StringComparer.Ordinal);

    /// <summary>Sets what is being done for an image.</summary>
    public void Now(string image, string doing)
    {
        lock (_doing)
        {
            _doing[image] = doing;
            Show();
        }
    }

    /// <summary>Nothing is being done for an image any more.</summary>
    public void Idle(string image)
    {
        lock (_doing)
            _doing.Remove(image);
    }

    /// <summary>An image is finished; the line stays.</summary>
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
