namespace Undercloud.Host.Images;

/// <summary>Admits a limited number of tasks at a time; of the waiting tasks, the one with the greatest weight is next.</summary>
internal sealed class CoreQueue(int cores)
{
    private readonly PriorityQueue<TaskCompletionSource, int> _waiting = new();
    private int _free = cores;

    /// <summary>Waits until admitted; <see cref="Leave"/> makes room for the next task.</summary>
    public async Task EnterAsync(int weight, CancellationToken stop)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
            _waiting.Enqueue(turn, -weight);
        // All tasks that become ready at the same moment are in the queue before the first is chosen.
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
