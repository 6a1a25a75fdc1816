using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Output;

/// <summary>
/// The event stream of a run: the only way from an operation to the subscribers that show, log or store its events. Secrets are masked here, once for all
/// subscribers. A subscriber that cannot write does not end the run or hide its failure: the other subscribers get one warning.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class RunEvents(TimeProvider time) : IProgressView, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<IRunSubscriber> _subscribers = [];
    private readonly HashSet<IRunSubscriber> _incomplete = [];
    private readonly Queue<Warning> _lost = [];
    private readonly List<RunEvent> _past = [];
    private readonly long _started = time.GetTimestamp();
    private SecretMask _mask = new([]);

    /// <summary>The time since the stream was created, at the beginning of the command.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Adds secrets to the mask.</summary>
    public void Hide(SecretMask mask)
    {
        lock (_lock)
            _mask = _mask.And(mask);
    }

    /// <summary>The text with secrets masked.</summary>
    public string Masked(string text) => _mask.Apply(text);

    /// <summary>Sends an event to all subscribers.</summary>
    public void Publish(RunEvent happened)
    {
        lock (_lock)
        {
            Tell(happened);
            TellLost();
        }
    }

    /// <summary>Adds a subscriber.</summary>
    /// <param name="subscriber">The subscriber; disposed with the stream if it is disposable.</param>
    /// <param name="withPast">Whether it first gets the events so far, masked with all secrets known by now.</param>
    public void Subscribe(IRunSubscriber subscriber, bool withPast = false)
    {
        lock (_lock)
        {
            foreach (var happened in withPast ? _past : [])
                Give(subscriber, happened.Masked(_mask.Apply));
            _subscribers.Add(subscriber);
            TellLost();
        }
    }

    public void Phase(string name) => Publish(new PhaseStarted(name));

    public void Now(string text) => Publish(new TaskStarted(text));

    public void Line(string text) => Publish(new Note(text));

    public void Warn(string text) => Publish(new Warning(text));

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var subscriber in _subscribers)
                Attempt(subscriber, () => (subscriber as IDisposable)?.Dispose());
            _subscribers.Clear();
        }
    }

    private void Tell(RunEvent happened)
    {
        var shown = happened.Masked(_mask.Apply) with { Time = time.GetUtcNow() };
        _past.Add(shown);
        foreach (var subscriber in _subscribers)
            Give(subscriber, shown);
    }

    private void TellLost()
    {
        while (_lost.TryDequeue(out var warning))
            Tell(warning);
    }

    private void Give(IRunSubscriber subscriber, RunEvent shown) => Attempt(subscriber, () => subscriber.Take(shown));

    // The subscriber still gets the following events: there may be space again.
    private void Attempt(IRunSubscriber subscriber, Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (_incomplete.Add(subscriber))
                _lost.Enqueue(new($"A log of this run is incomplete, and the run continues. {FailureWords.Of(failure)}"));
        }
    }
}
