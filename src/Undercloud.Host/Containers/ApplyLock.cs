namespace Undercloud.Host.Containers;

/// <summary>Lets one container apply at a time change the host. An apply that outlived the shell or playbook that started it is waited for.</summary>
internal sealed class ApplyLock : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);
    private readonly FileStream _stream;

    private ApplyLock(FileStream stream) => _stream = stream;

    /// <summary>The lock, or null when it could not be had in half an hour.</summary>
    /// <exception cref="IOException">The file cannot be opened, for another reason than that it is held.</exception>
    public static async Task<ApplyLock?> TakeAsync(string path, TimeProvider time, Action<string>? progress, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var started = time.GetTimestamp();
        for (var attempt = 0; time.GetElapsedTime(started) < s_limit; attempt++)
        {
            try
            {
                return new(new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    UnixCreateMode = Files.AtomicFile.Private,
                }));
            }
            catch (IOException failure) when (Files.PosixFile.IsHeldByAnother(failure))
            {
                if (attempt == 0)
                    progress?.Invoke("another container apply is at work, waiting for it");
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop);
            }
        }

        return null;
    }

    public void Dispose() => _stream.Dispose();
}
