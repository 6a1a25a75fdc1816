using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;

namespace Undercloud.Host.Output;

/// <summary>
/// What a run says, in order: the one way from what happens to whoever shows, logs or keeps it. Secrets are masked here, once for all of them.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class RunEvents(TimeProvider time) : IProgressView, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<IRunSubscriber> _subscribers = [];
    private readonly List<RunEvent> _past = [];
    private readonly long _started = time.GetTimestamp();
    private SecretMask _mask = new([]);

    /// <summary>Since the stream was made, which is when the command began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>From here on these are hidden as well.</summary>
    public void Hide(SecretMask mask)
    {
        lock (_lock)
            _mask = _mask.And(mask);
    }

    /// <summary>The text as it may be shown.</summary>
    public string Masked(string text) => _mask.Apply(text);

    /// <summary>Says something to all subscribers.</summary>
    public void Publish(RunEvent happened)
    {
        lock (_lock)
        {
            var shown = happened.Masked(_mask.Apply) with { Time = time.GetUtcNow() };
            _past.Add(shown);
            foreach (var subscriber in _subscribers)
                subscriber.Take(shown);
        }
    }

    /// <summary>From here on this one is told.</summary>
    /// <param name="subscriber">Is disposed of with the stream if it can be.</param>
    /// <param name="withPast">It is first told what was said before, masked with all that is hidden by now.</param>
    public void Subscribe(IRunSubscriber subscriber, bool withPast = false)
    {
        lock (_lock)
        {
            foreach (var happened in withPast ? _past : [])
                subscriber.Take(happened.Masked(_mask.Apply));
            _subscribers.Add(subscriber);
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
            foreach (var subscriber in _subscribers.OfType<IDisposable>())
                subscriber.Dispose();
            _subscribers.Clear();
        }
    }
}
