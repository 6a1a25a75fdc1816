using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;
using Undercloud.Host.Output;

namespace Undercloud.Tests.Output;

public sealed class RunEventsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"events-{Guid.NewGuid():N}.jsonl");

    private static readonly RunEvent[] s_all =
    [
        new RunStarted("install", "/root/undercloud.conf"), new PhaseStarted("Step 3"), new TaskStarted("Make it"), new TaskProgress("Make it", "[1/2] keystone"),
        new TaskDone("n", "Make it", 1.5, true, "create user nova"), new TaskFailed("n", "Make it", "no"), new ResourceChanged("n", "user", "nova", "create", null),
        new ContainerReady("n", "keystone", 4.2), new Note("done"), new Warning("beware"), new ProgramOutput("[WARNING]: x"), new RunFailed("no"), new RunCompleted(true, "yes"),
    ];

    [Fact]
    public void Every_kind_of_event_is_read_back_equal()
    {
        Assert.Equal(typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent))).OrderBy(type => type.Name), s_all.Select(happened => happened.GetType()).OrderBy(type => type.Name));
        Assert.All(s_all, happened => Assert.Equal(happened, RunEventJson.Read(RunEventJson.Write(happened))));
    }

    [Fact]
    public void Every_free_text_is_masked()
    {
        RunEvent[] all =
        [
            new TaskStarted("secret"), new TaskProgress("Make it", "secret"), new TaskDone("n", "Make it", null, true, "secret"), new TaskFailed("n", "Make it", "secret"),
            new ResourceChanged("n", "user", "nova", "update", "secret"), new Note("secret"), new Warning("secret"), new ProgramOutput("secret"), new RunFailed("secret"),
        ];
        using var events = new RunEvents(TimeProvider.System);
        events.Hide(new SecretMask(["secret"]));
        var heard = new Heard();
        events.Subscribe(heard);
        Array.ForEach(all, events.Publish);
        Assert.Equal(all.Length, heard.All.Count);
        Assert.All(heard.All, happened => Assert.DoesNotContain("secret", RunEventJson.Write(happened)));
    }

    [Fact]
    public void A_file_that_comes_later_has_what_was_said_before_masked_with_what_is_known_now()
    {
        using (var events = new RunEvents(TimeProvider.System))
        {
            events.Publish(new RunStarted("install", "c"));
            events.Warn("a secret was seen");
            events.Hide(new SecretMask(["secret"]));
            events.Subscribe(new EventFile(_path), withPast: true);
            events.Line("done");
        }

        Assert.Equal(["RunStarted", "Warning", "Note"], EventFile.Read(_path).Select(happened => happened.GetType().Name));
        Assert.DoesNotContain("secret", File.ReadAllText(_path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
    }

    [Fact]
    public void A_line_that_a_kill_cut_short_and_a_kind_of_a_newer_program_are_left_out()
    {
        File.WriteAllLines(_path, [RunEventJson.Write(new Note("one")), "{\"event\":\"newer\",\"a\":1}", "", "{\"event\":\"note\",\"te"]);
        Assert.Equal("one", Assert.IsType<Note>(Assert.Single(EventFile.Read(_path))).Text);
    }

    [Fact]
    public void A_file_that_has_grown_large_becomes_the_former_one()
    {
        File.WriteAllText(_path, new string('x', (int)EventFile.Largest + 1));
        using (var file = new EventFile(_path))
            file.Take(new Note("new"));
        Assert.Single(EventFile.Read(_path));
        Assert.True(File.Exists(_path + ".1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_log_that_cannot_be_written_ends_no_run_and_is_warned_of_once(bool isLog)
    {
        IRunSubscriber full = isLog ? new RunLog("/dev/full") : new EventFile("/dev/full");
        var heard = new Heard();
        using (var events = new RunEvents(TimeProvider.System))
        {
            events.Subscribe(heard);
            events.Line("before");
            events.Subscribe(full, withPast: true);
            events.Line("one");
            events.Publish(new RunFailed("The cause."));
        }

        Assert.Equal(["before", "one", "The cause."], heard.All.Where(happened => happened is not Warning).Select(happened => happened is Note note ? note.Text : ((RunFailed)happened).Text));
        Assert.StartsWith(
            "A log of this run is incomplete, and the run continues. No space is left on the file system of /dev/full.", Assert.Single(heard.All.OfType<Warning>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_has_what_comes_after_there_is_space_again()
    {
        var (scarce, heard) = (new Scarce(), new Heard());
        using var events = new RunEvents(TimeProvider.System);
        events.Subscribe(scarce);
        events.Subscribe(heard);
        events.Line("lost");
        scarce.HasSpace = true;
        events.Line("kept");
        Assert.Equal("kept", Assert.IsType<Note>(Assert.Single(scarce.All)).Text);
        Assert.Equal(3, heard.All.Count);
    }

    [Fact]
    public void Where_the_time_of_each_run_went_is_told_by_its_events()
    {
        var start = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
        RunEvent At(double seconds, RunEvent happened) => happened with { Time = start.AddSeconds(seconds) };
        var runs = RunTimes.Of(
        [
            At(-5, new Note("the rest of a run whose beginning is gone")),
            At(0, new RunStarted("install", "c")), At(1, new PhaseStarted("Plan")), At(3, new PhaseStarted("Step 1")), At(9, new TaskDone("n", "Make it", 5.5, true, "x")),
            At(9, new ContainerReady("n", "mysql", 3)), At(10, new RunCompleted(true, "done")),
            At(60, new RunStarted("install", "c")), At(61, new PhaseStarted("Plan")),
        ]);
        Assert.Equal(2, runs.Length);
        Assert.Equal(10, runs[0].Seconds);
        Assert.Equal([("Plan", 2), ("Step 1", 7)], runs[0].Phases);
        Assert.Equal([("Make it", 5.5)], runs[0].Tasks);
        Assert.Equal([("mysql", 3)], runs[0].Containers);
        Assert.IsType<RunCompleted>(runs[0].Ending);
        Assert.Null(runs[1].Ending);
    }

    public void Dispose()
    {
        File.Delete(_path);
        File.Delete(_path + ".1");
    }

    private sealed class Scarce : IRunSubscriber
    {
        public bool HasSpace { get; set; }

        public List<RunEvent> All { get; } = [];

        public void Take(RunEvent happened)
        {
            if (!HasSpace)
                throw new IOException("No space left on device : '/log'", 28);
            All.Add(happened);
        }
    }
}
