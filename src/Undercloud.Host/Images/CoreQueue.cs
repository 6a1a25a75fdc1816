namespace Undercloud.Host.Images;

/// <summary>Lets so many in at a time; of those that wait, the one with the greatest weight goes first.</summary>
internal sealed class CoreQueue(int cores)
{
    private readonly PriorityQueue<TaskCompletionSource, int> _waiting = new();
    private int _free = cores;

    /// <summary>Waits for a place; <see cref="Leave"/> gives it back.</summary>
    public async Task EnterAsync(int weight, CancellationToken stop)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
            _waiting.Enqueue(turn, -weight);
        // Those that become ready at the same moment are all in the queue before the first is chosen.
        await Task.Yield();
        Next();
        using (stop.Register(() => turn.TrySetCanceled(stop)))
            await turn.Task;
    }

    public void Leave()
    {
        lock (_waiting)
            _free++;
        Next();
    }

    private void Next()
    {
        lock (_waiting)
        {
            while (_free > 0 && _waiting.TryDequeue(out var turn, out _))
            {
                if (turn.TrySetResult())
                    _free--;
            }
        }
    }
}
