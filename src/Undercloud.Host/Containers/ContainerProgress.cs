namespace Undercloud.Host.Containers;

/// <summary>Follows an apply that Ansible started on this host: Ansible itself reports nothing before a task ends.</summary>
public sealed class ContainerProgress : IDisposable
{
    private readonly string _path;
    private readonly Action<string> _tell;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private string _last = "";

    /// <param name="path">The file of the apply's <see cref="ContainerProgressWriter"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Receives each new line, at most one a second.</param>
    public ContainerProgress(string path, TimeProvider time, Action<string> tell)
    {
        (_path, _tell) = (path, tell);
        _timer = time.CreateTimer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Reports the content of the file if it has changed.</summary>
    internal void Look()
    {
        lock (_lock)
        {
            var now = Read();
            if (now.Length > 0 && now != _last)
                _tell(now);
            _last = now;
        }
    }

    private string Read()
    {
        try
        {
            // A line without its end is not complete yet.
            return File.Exists(_path) && File.ReadAllText(_path) is var text && text.EndsWith('\n') ? text.TrimEnd('\n') : "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
