using System.Text.Json.Nodes;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Containers;

/// <summary>A host whose podman and systemd keep containers and units in memory. It can be cut off at any command that changes something, as a kill cuts an apply off.</summary>
internal sealed class FakeContainerHost : IProcessRunner, IDisposable
{
    private const string NextUnit = "undercloud-next-";
    private static readonly string[] s_reads = ["podman ps", "podman image", "podman inspect", "podman logs", "podman wait", "podman healthcheck", "systemctl show", "journalctl"];
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, FakeContainer> _containers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FakeUnit> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _leftovers = [];
    private readonly string _root = Directory.CreateTempSubdirectory("undercloud-containers-").FullName;
    private int _made;
    private bool _isDead;

    public ContainerPaths Paths => new()
    {
        UnitDirectory = Path.Combine(_root, "units"),
        TransientUnitDirectory = Path.Combine(_root, "transient"),
        RunDirectory = _root,
        LogDirectory = Path.Combine(_root, "log"),
        RecordsFile = Path.Combine(_root, "execs.json"),
        StartTimesFile = Path.Combine(_root, "start-times.json"),
        LockFile = Path.Combine(_root, "state", "containers.lock"),
        ProgressFile = Path.Combine(_root, "progress"),
        StartupDirectory = Path.Combine(_root, "startup"),
        WaitingFile = Path.Combine(_root, "waiting"),
        ProcessDirectory = Path.Combine(_root, "proc"),
        ControlGroupDirectory = Path.Combine(_root, "groups"),
    };

    public List<CommandLine> Ran { get; } = [];

    public IEnumerable<string> Lines => Ran.Select(command => command.ToString());

    /// <summary>How many commands changed something.</summary>
    public int Changes { get; private set; }

    /// <summary>The command that is cut off, counted from 1 among those that change something; null for none.</summary>
    public (int At, CutOff How)? Cut { get; set; }

    /// <summary>Exit codes of one-shots by their container, and of execs by the container they run in.</summary>
    public Dictionary<string, int> ExitCodes { get; } = [];

    /// <summary>What commands say that fail, by their beginning. Nothing is changed by them.</summary>
    public Dictionary<string, (int Exit, string Error)> Failing { get; } = [];

    /// <summary>What commands print instead of the truth, by their beginning.</summary>
    public Dictionary<string, string> Printing { get; } = [];

    /// <summary>Services whose health check fails.</summary>
    public HashSet<string> Unhealthy { get; } = [];

    /// <summary>Services that end as soon as they are started.</summary>
    public HashSet<string> Ending { get; } = [];

    /// <summary>Images beside k:1, names to ids.</summary>
    public Dictionary<string, string> Images { get; } = new() { ["k:1"] = Specs.ImageId };

    /// <summary>Whether the next restart of a unit does not swap the containers.</summary>
    public bool SwapFails { get; set; }

    /// <summary>Happens at each restart of a unit.</summary>
    public Action? AtRestart { get; set; }

    /// <summary>What a command waits for before it does its work; null for nothing.</summary>
    public Func<CommandLine, Task?> Held { get; set; } = _ => null;

    /// <summary>Happens when a container is started without its unit.</summary>
    public Action? AtStart { get; set; }

    /// <summary>Happens after each signal.</summary>
    public Action? AtSignal { get; set; }

    /// <summary>Threads of services that take one more request after the signal to wait.</summary>
    public int IdleThreads { get; set; }

    /// <summary>How often the test of a drain, <c>is-idle</c>, says that the service is in the middle of work.</summary>
    public int Busy { get; set; }

    /// <summary>Requests that are being answered; one ends each time they are counted.</summary>
    public int Requests { get; set; }

    /// <summary>Shows a process in the kernel's directory.</summary>
    /// <param name="process">Its id, or self.</param>
    /// <param name="container">The id of its container.</param>
    /// <param name="network">Its network namespace.</param>
    public void AddProcess(string process, string container, string network)
    {
        var space = Directory.CreateDirectory(Path.Combine(Paths.ProcessDirectory, process, "ns")).FullName;
        File.CreateSymbolicLink(Path.Combine(space, "net"), network);
        File.WriteAllText(Path.Combine(Paths.ProcessDirectory, process, "cgroup"), $"0::/machine.slice/libpod-{container}.scope/container\n");
    }

    /// <summary>Whether a container's process is there.</summary>
    public bool Lives(int process) => _containers.Values.Any(container => container.State == "running" && container.Process == process);

    /// <summary>How many requests are being answered.</summary>
    public int CountRequests() => Requests-- > 0 ? Requests + 1 : 0;

    /// <summary>Whether such a thread answers.</summary>
    public bool TakeThread() => IdleThreads-- > 0;

    public string At(string path) => Path.Combine(_root, path);

    /// <summary>Containers and units without their ids, a line each.</summary>
    public string State => string.Join('\n', _containers.Select(pair => $"{pair.Key} {pair.Value.State} {pair.Value.Exit} {pair.Value.Labels["config_hash"]}")
        .Concat(_units.Where(pair => pair.Value.Enabled || Text(pair.Key).Length > 0)
            .Select(pair => $"{pair.Key} {pair.Value.Active} {pair.Value.Enabled} {((pair.Value.Read ?? Text(pair.Key)) == Text(pair.Key) ? "read" : "stale")}")));

    public FakeContainer? Find(string name) => _containers.GetValueOrDefault(name);

    /// <summary>After a cut-off the host is as it was left, and answers again.</summary>
    public void Recover() => (_isDead, Cut) = (false, null);

    public void Forget()
    {
        Ran.Clear();
        Changes = 0;
    }

    public async Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop)
    {
        if (Held(command) is { } held)
            await held;
        return Run(command);
    }

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop)
    {
        var result = Run(command);
        foreach (var line in $"{result.Output}{result.Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries))
            onLine(new(line, result.ExitCode != 0));
        return Task.FromResult(result with { Output = "" });
    }

    public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => throw new InvalidOperationException("Nobody attaches to an apply.");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ProcessResult Run(CommandLine command)
    {
        lock (_lock)
        {
            if (_isDead)
                throw new OperationCanceledException("killed");
            Ran.Add(command);
            var text = command.ToString();
            var changes = !s_reads.Any(read => text.StartsWith(read, StringComparison.Ordinal)) && !text.Contains("ask me", StringComparison.Ordinal);
            if (changes && ++Changes == Cut?.At)
                Die(command, Cut.Value.How);
            if (Failing.FirstOrDefault(pair => text.StartsWith(pair.Key, StringComparison.Ordinal)) is { Key: not null, Value: var failure })
                return new(command, failure.Exit, "", failure.Error);
            if (Printing.FirstOrDefault(pair => text.StartsWith(pair.Key, StringComparison.Ordinal)) is { Key: not null } printed)
                return new(command, 0, printed.Value, "");
            var (exit, output) = command.Program switch
            {
                "podman" => Podman([.. command.Arguments]),
                "env" => Podman([.. command.Arguments.SkipWhile(word => word != "podman").Skip(1)]),
                "kill" => Kill(command.Arguments[1], [.. command.Arguments.Skip(2)]),
                "systemctl" => Systemctl(command.Arguments[0], [.. command.Arguments.Skip(1).Where(word => !word.StartsWith("--", StringComparison.Ordinal))]),
                _ => (0, ""),
            };
            return new(command, exit, exit == 0 ? output : "", exit == 0 ? "" : output);
        }
    }

    private (int Exit, string Output) Kill(string signal, string[] processes)
    {
        foreach (var container in _containers.Values.Where(container => container.State == "running" && processes.Contains($"{container.Process}")))
            container.Signals.Add($"SIG{signal}");
        AtSignal?.Invoke();
        return (0, "");
    }

    private void Die(CommandLine command, CutOff how)
    {
        string[] arguments = [.. command.Arguments];
        if (how == CutOff.Half && arguments[0] == "create")
            _leftovers[NameIn(arguments)] = $"left-{++_made}";
        else if (how == CutOff.Half && arguments[0] == "run")
            Make(arguments).State = "running";
        else if (how != CutOff.Before && command.Program is "podman" or "env")
            Podman([.. arguments.SkipWhile(word => command.Program == "env" && word != "start")]);
        else if (how != CutOff.Before)
            Systemctl(arguments[0], [.. arguments.Skip(1).Where(word => !word.StartsWith("--", StringComparison.Ordinal))]);
        _isDead = true;
        throw new OperationCanceledException("killed");
    }

    private (int, string) Podman(string[] arguments)
    {
        var name = arguments[^1];
        var there = _containers.FirstOrDefault(pair => pair.Key == name || pair.Value.Id == name).Value;
        switch (arguments[0])
        {
            case "ps":
                return (0, Listed(external: arguments.Contains("--external")));
            case "image":
                var ids = arguments[3..].Select(image => Images.GetValueOrDefault(image) ?? (Images.ContainsValue(image) ? image : null)).ToList();
                return ids.Contains(null) ? (125, "Error: image not known") : (0, string.Join('\n', ids));
            case "create" or "run" when _containers.ContainsKey(NameIn(arguments)) || _leftovers.ContainsKey(NameIn(arguments)):
                return (125, $"Error: the container name \"{NameIn(arguments)}\" is already in use");
            case "create":
                return (0, Make(arguments).Id);
            case "run":
                var made = Make(arguments);
                var ended = End(made);
                return (ended, ended == 0 ? $"{made.Name} ran\n" : $"{made.Name} failed\n");
            case "rm":
                if (_leftovers.FirstOrDefault(left => left.Value == name).Key is { } left)
                    _leftovers.Remove(left);
                Remove(there);
                return (0, "");
            case "inspect":
                return there is null ? (125, $"Error: no such object: \"{name}\"") : (0, $"{there.Id} {there.Started.ToUnixTimeMilliseconds()}");
            case "healthcheck":
                return Ask(there);
            case "exec" when arguments.Contains("is-idle"):
                return (Busy-- > 0 ? ServiceDrain.Busy : 0, "");
            case "exec" when arguments.Contains("/bin/sh"):
                return Ask(_containers.GetValueOrDefault(arguments[1]));
            case "exec":
                return ExitCodes.GetValueOrDefault(arguments[1]) is var code and not 0 ? (code, "the exec failed") : (0, "");
            case "wait":
                return there is null ? (125, "no such container") : (0, $"{End(there)}\n");
            case "start":
                AtStart?.Invoke();
                there.State = Ending.Contains(there.Name) ? "exited" : "running";
                return (0, "");
            case "rename":
                if (!_containers.Remove(arguments[1], out var renamed))
                    return (125, $"Error: no such container {arguments[1]}");
                renamed.Name = name;
                _containers[name] = renamed;
                return (0, "");
            case "stop":
                Stop(there?.Name ?? name);

                // The process id in the file is that of the container beside it, so the unit goes on.
                if (there is not null && _containers.GetValueOrDefault(ContainerUnit.NextOf(there.Name)) is { State: "running" })
                    _units[ContainerUnit.NameOf(there.Name)].Active = "active";
                return (0, "");
            case "kill" when there is not { State: "running" }:
                return (125, "can only kill running containers");
            case "kill":
                there.Signals.Add(arguments[1]["--signal=".Length..]);
                return (0, "");
            case "unpause":
                there.State = "running";
                return (0, "");
            default:
                return (0, arguments[0] == "logs" ? $"{name} wrote this\n" : "");
        }
    }

    private (int, string) Systemctl(string verb, string[] units)
    {
        switch (verb)
        {
            case "show":
                return (0, string.Join("\n\n", units.Select(Shown)));
            case "start" when ContainerUnit.ContainerOf(units[0]) is null:
                Assert.Contains($"\nSockets={ContainerUnit.SocketNameOf(units[0][NextUnit.Length..^".service".Length])}\n", File.ReadAllText(Path.Combine(Paths.TransientUnitDirectory, units[0])), StringComparison.Ordinal);
                return Podman(["start", $"{units[0][NextUnit.Length..^".service".Length]}.next"]);
            case "start":
                return Start(ContainerUnit.ContainerOf(units[0])!);
            case "restart":
                AtRestart?.Invoke();
                Stop(ContainerUnit.ContainerOf(units[0])!);
                return Start(ContainerUnit.ContainerOf(units[0])!);
            case "daemon-reload":
                foreach (var unit in _units.Values)
                    unit.Read = null;
                foreach (var gone in _units.Keys.Where(unit => Text(unit).Length == 0).ToList())
                    _units.Remove(gone);
                return (0, "");
        }

        foreach (var name in units)
        {
            var unit = Load(name);
            if (verb is "enable" or "disable")
                unit.Enabled = verb == "enable";
            else if (verb == "stop" && ContainerUnit.ContainerOf(name) is { } container)
                Stop(container);
        }

        return (0, "");
    }

    private (int, string) Start(string name)
    {
        var unit = Load(ContainerUnit.NameOf(name));
        if (SwapFails)
            SwapFails = false;
        else if (unit.Read!.Contains($"podman rename {ContainerUnit.NextOf(name)} ", StringComparison.Ordinal) && _containers.Remove(ContainerUnit.NextOf(name), out var next))
        {
            next.Name = name;
            _containers[name] = next;
        }

        if (!_containers.TryGetValue(name, out var container) || container.IsBroken)
            return (1, "Job failed. See journalctl.");
        unit.Active = "active";
        if (container.State == "running")
            return (0, "");
        container.Process = ++_made;
        container.State = Ending.Contains(name) ? "exited" : "running";
        container.Exit = Ending.Contains(name) ? 1 : 0;
        container.Started = DateTimeOffset.UtcNow;
        unit.Active = Ending.Contains(name) ? "failed" : "active";
        return (0, "");
    }

    private void Stop(string name)
    {
        if (_containers.TryGetValue(name, out var container) && container.State == "running")
            container.State = "exited";
        if (_units.TryGetValue(ContainerUnit.NameOf(name), out var unit))
            unit.Active = "inactive";
    }

    // systemd reads a unit's file when the unit is first named, and then only when it is told to.
    private FakeUnit Load(string name)
    {
        if (!_units.TryGetValue(name, out var unit))
            _units[name] = unit = new();
        unit.Read ??= Text(name);
        return unit;
    }

    private string Shown(string name)
    {
        var unit = Load(name);
        return $"Id={name}\nActiveState={unit.Active}\nUnitFileState={(unit.Enabled ? "enabled" : "disabled")}\nNRestarts=0\nNeedDaemonReload={(unit.Read == Text(name) ? "no" : "yes")}";
    }

    private string Text(string unit) => File.Exists(Path.Combine(Paths.UnitDirectory, unit)) ? File.ReadAllText(Path.Combine(Paths.UnitDirectory, unit)) : "";

    private FakeContainer Make(string[] arguments)
    {
        var name = NameIn(arguments);
        var labels = arguments.Where(word => word.StartsWith("--label=", StringComparison.Ordinal)).Select(word => word["--label=".Length..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return _containers[name] = new(name, $"id-{++_made}", labels) { IsChecked = arguments.Any(word => word.StartsWith("--health-cmd=", StringComparison.Ordinal)), GoesAfterwards = arguments.Contains("--rm"), Process = 1000 + _made };
    }

    private int End(FakeContainer container)
    {
        (container.State, container.Exit) = ("exited", ExitCodes.GetValueOrDefault(container.Name));
        if (container.GoesAfterwards)
            _containers.Remove(container.Name);
        return container.Exit;
    }

    private void Remove(FakeContainer? container)
    {
        if (container is not null)
            _containers.Remove(container.Name);
    }

    private (int, string) Ask(FakeContainer? container)
    {
        if (container is not { State: "running" } || Unhealthy.Contains(container.Name))
            return (1, "no answer");
        container.IsHealthy = true;
        return (0, "");
    }

    private string Listed(bool external) => new JsonArray(
    [
        .. _containers.Values.Select(one => one.ToJson()),
        .. external ? _leftovers.Select(left => (JsonNode)new JsonObject { ["Id"] = left.Value, ["Names"] = new JsonArray(left.Key), ["Command"] = new JsonArray("storage") }) : [],
    ]).ToJsonString();

    private static string NameIn(string[] arguments) => arguments.First(word => word.StartsWith("--name=", StringComparison.Ordinal))["--name=".Length..];

    private sealed class FakeUnit
    {
        public string Active { get; set; } = "inactive";

        public bool Enabled { get; set; }

        public string? Read { get; set; }
    }
}
