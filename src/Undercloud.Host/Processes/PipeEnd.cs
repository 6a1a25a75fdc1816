using System.Diagnostics;

namespace Undercloud.Host.Processes;

/// <summary>One end of the pipes of a running program. A failure there ends the program.</summary>
/// <param name="process">The program.</param>
/// <param name="failing">Ends the program and the work at its other end.</param>
internal sealed class PipeEnd(Process process, CancellationTokenSource failing)
{
    // A program that breaks a pipe is about to end.
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(3);

    /// <summary>Writes the standard input and closes it.</summary>
    public async Task FeedAsync(Func<Stream, CancellationToken, Task>? feed)
    {
        try
        {
            if (feed is not null)
                await feed(process.StandardInput.BaseStream, failing.Token);
            process.StandardInput.Close();
        }
        catch (IOException) when (HasEnded())
        {
            // The program ended without reading all its input; its exit code tells whether it succeeded.
        }
        catch
        {
            await failing.CancelAsync();
            throw;
        }
    }

    /// <summary>Reads the standard output. What is left is not waited for: the program finds its pipe closed.</summary>
    public async Task ReadAsync(Func<Stream, CancellationToken, Task> read)
    {
        try
        {
            await read(process.StandardOutput.BaseStream, failing.Token);
            process.StandardOutput.Close();
        }
        catch
        {
            await failing.CancelAsync();
            throw;
        }
    }

    private bool HasEnded() => process.WaitForExit(s_end);
}
