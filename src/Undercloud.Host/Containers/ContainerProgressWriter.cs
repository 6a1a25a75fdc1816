namespace Undercloud.Host.Containers;

/// <summary>Writes the current action of an apply to the file that <see cref="ContainerProgress"/> reads. A failure to write does not fail the apply.</summary>
/// <param name="path">The file; it is removed at the end.</param>
public sealed class ContainerProgressWriter(string path) : IDisposable
{
    private readonly Lock _lock = new();

    public void Write(string line) => Try(() =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, line + "\n");
    });

    public void Dispose() => Try(() => File.Delete(path));

    private void Try(Action act)
    {
        try
        {
            lock (_lock)
                act();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Progress is only informative.
        }
    }
}
