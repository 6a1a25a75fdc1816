namespace Undercloud.Host.Containers;

/// <summary>Follows an apply that Ansible started on this host: Ansible itself passes nothing on before a task ends.</summary>
public sealed class ContainerProgress : IDisposable
{
    private readonly string _path;
    private readonly Action<string> _tell;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private string _last = "";

    /// <param name="path">Where the apply's <see cref="ContainerProgressWriter"/> writes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Gets each new line, at most one a second.</param>
    public ContainerProgress(string path, TimeProvider time, Action<string> tell)
    {
        (_path, _tell) = (path, tell);
        _timer = time.CreateTimer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Tells what is in the file if that is new.</summary>
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
            // Without the end of the line it is half written.
            return File.Exists(_path) && File.ReadAllText(_path) is var text && text.EndsWith('\n') ? text.TrimEnd('\n') : "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
