using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Cli.Commands;

/// <summary>Puts the program's parts together, by hand, in this one place.</summary>
public sealed class Composition
{
    private ToolHome? _tool;

    public TimeProvider Time { get; } = TimeProvider.System;

    public IProcessRunner Runner { get; } = new ProcessRunner(TimeProvider.System);

    /// <summary>The operator's home: undercloud.conf is read there, stackrc is written there.</summary>
    public string Home { get; } = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? home : "/root";

    public ToolHome Tool => _tool ??= ToolHome.Find();

    public GenerationStore Generations { get; } = new(GenerationStore.StateDirectory);

    public InstalledRelease Installed => new(GenerationStore.StateDirectory, Generations);

    public SecretRecord Secrets { get; } = new(GenerationStore.StateDirectory);

    public TemplateRenderer Renderer => new(Runner, Path.Combine(Cache, "undercloud", "templates"));

    private string Cache => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Home, ".cache");

    public ConfiguredStackReader ConfiguredStackReader => new(new Gatherer(Runner, Tool, Secrets, Time), Installed);

    /// <summary>undercloud.conf where nothing else is said.</summary>
    public string DefaultConf => Path.Combine(Home, "undercloud.conf");

    /// <summary>What operations work with.</summary>
    /// <param name="events">What they say.</param>
    public OperationContext Operations(RunEvents events) => new(Runner, CloudConnection, Tool, Generations, Installed, Secrets, Time, events) { Fault = Fault.Parse(Environment.GetEnvironmentVariable(Fault.Variable)) };

    public StatusReader Status() => new(Runner, Generations, Endpoints, Time);

    /// <summary>A new connection to the cloud's services. An address that is not there yet answers nothing at all, so that it is given up soon.</summary>
    public static HttpMessageHandler CloudConnection() => new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(15) };

    // A proxy is for what is outside: it does not know the control plane.
    private static SocketsHttpHandler Endpoints => new() { UseProxy = false };
}
