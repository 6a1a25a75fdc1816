using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Cli.Commands;

/// <summary>Composes the parts of the program, by hand, in this one place.</summary>
public sealed class Composition
{
    private ToolHome? _tool;

    public TimeProvider Time { get; } = TimeProvider.System;

    public IProcessRunner Runner { get; } = new ProcessRunner(TimeProvider.System);

    /// <summary>The operator's home directory, with undercloud.conf and stackrc.</summary>
    public string Home { get; } = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? home : "/root";

    public ToolHome Tool => _tool ??= ToolHome.Find();

    public GenerationStore Generations { get; } = new(GenerationStore.StateDirectory);

    public InstalledRelease Installed => new(GenerationStore.StateDirectory, Generations);

    public SecretRecord Secrets { get; } = new(GenerationStore.StateDirectory);

    public TemplateRenderer Renderer => new(Runner, Path.Combine(Cache, "undercloud", "templates"));

    private string Cache => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Home, ".cache");

    public ConfiguredStackReader ConfiguredStackReader => new(new Gatherer(Runner, Tool, Secrets, Time), Installed);

    /// <summary>The default undercloud.conf.</summary>
    public string DefaultConf => Path.Combine(Home, "undercloud.conf");

    /// <summary>The host's services that operations use.</summary>
    /// <param name="events">Receives the operations' events.</param>
    public OperationContext Operations(RunEvents events) => new(Runner, CloudConnection, Tool, Generations, Installed, Secrets, Time, events) { Fault = Fault.Parse(Environment.GetEnvironmentVariable(Fault.Variable)) };

    public StatusReader Status() => new(Runner, Generations, Endpoints, Time);

    /// <summary>A new connection to the cloud's services. The connect timeout is short, because an address that does not exist yet never answers.</summary>
    public static HttpMessageHandler CloudConnection() => new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(15) };

    // Without a proxy: a proxy does not reach the control plane.
    private static SocketsHttpHandler Endpoints => new() { UseProxy = false };
}
