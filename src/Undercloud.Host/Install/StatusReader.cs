using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Host.Containers;
using Undercloud.Host.Generations;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Install;

/// <summary>An endpoint and what it answered.</summary>
/// <param name="Answer">The HTTP status, or why there was none.</param>
public sealed record EndpointStatus(string Service, string Interface, string Url, string Answer, bool Up);

/// <summary>A container that the applied plan has.</summary>
/// <param name="State">podman's word, or "missing".</param>
/// <param name="Health">What its own check said when asked just now; empty when it has none.</param>
public sealed record ContainerStatus(string Name, int Step, string State, string Health, string Image, bool Good)
{
    /// <summary>The proportional set size of its processes, in bytes.</summary>
    public long Memory { get; init; }
}

/// <summary>How this host is, against the newest applied plan.</summary>
public sealed record UndercloudStatus(
    Generation? Applied,
    Generation? Newest,
    IReadOnlyList<EndpointStatus> Endpoints,
    IReadOnlyList<ContainerStatus> Containers,
    IReadOnlyList<NodeChange> Drift)
{
    /// <summary>The OpenStack release of the applied plan.</summary>
    public string? Release { get; init; }

    public bool Good => Applied is not null && Endpoints.All(e => e.Up) && Containers.All(c => c.Good) && Drift.Count == 0;
}

/// <summary>Asks services at their API, containers through their health checks, and the node verbs for drift. All of it comes from the plan.</summary>
public sealed class StatusReader(IProcessRunner runner, GenerationStore generations, HttpMessageHandler http)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public async Task<UndercloudStatus> ReadAsync(CancellationToken stop)
    {
        var newest = generations.Newest();
        if (generations.NewestApplied() is not { } applied)
            return new(null, newest, [], [], []);
        var plan = generations.ReadPlan(applied.Number);
        var endpoints = EndpointsAsync(plan, stop);
        var containers = ContainersAsync(plan, stop);
        var drift = new NodeCheck(runner).RunAsync(plan, cloud: false, stop);
        return new(applied, newest, await endpoints, await containers, [.. (await drift).Select(change => change with { Diff = null })]) { Release = plan.Release };
    }

    private async Task<ImmutableArray<EndpointStatus>> EndpointsAsync(DeploymentPlan plan, CancellationToken stop)
    {
        using var client = new HttpClient(http, disposeHandler: false) { Timeout = s_patience };
        var asked = plan.Nodes
            .SelectMany(node => node.Manifest.Cloud.Values)
            .SelectMany(cloud => cloud.Services)
            .SelectMany(service => service.Endpoints.Select(endpoint => AskAsync(client, service.Name, endpoint.Key, endpoint.Value, stop)));
        return [.. await Task.WhenAll(asked)];
    }

    private static async Task<EndpointStatus> AskAsync(HttpClient client, string service, string @interface, string url, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, stop);
            var code = (int)answer.StatusCode;

            // 300 is how an OpenStack API lists its versions; 401 is one that wants a token first, 400 one that wants a signature (Heat's for
            // CloudFormation).
            return new(service, @interface, url, $"{code}", code is <= 401);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return new(service, @interface, url, failure is HttpRequestException { InnerException: { } inner } ? inner.Message : "no answer in 5 s", false);
        }
    }

    private async Task<ImmutableArray<ContainerStatus>> ContainersAsync(DeploymentPlan plan, CancellationToken stop)
    {
        var wanted = plan.Nodes.SelectMany(node => node.Containers).SelectMany(step => ((MapValue)step.Value).Entries
            .Where(entry => ((MapValue)entry.Value)["action"] is null)
            .Select(entry => (step.Key, Name: entry.Key, Config: (MapValue)entry.Value))).ToList();
        if (wanted.Count == 0)
            return [];
        var states = await StatesAsync(stop);
        var memory = ContainerMemory.Read(states.ToDictionary(container => container.Key, container => container.Value.Process, StringComparer.Ordinal));
        return [.. await Task.WhenAll(wanted.Select(async container =>
        {
            var (state, exitCode, _) = states.TryGetValue(container.Name, out var found) ? found : ("missing", "", 0);
            var once = container.Config["detach"] is BooleanValue { Flag: false };
            var health = once || state != "running" || container.Config["healthcheck"] is null ? "" : await HealthAsync(container.Name, stop);
            var good = once ? state == "exited" && exitCode == "0" : state == "running" && health is "" or "healthy";
            var image = (container.Config["image"] as StringValue)?.Text ?? "";
            return new ContainerStatus(container.Name, container.Key, once && good ? "done" : state, health, image, good) { Memory = memory.GetValueOrDefault(container.Name) };
        }))];
    }

    private async Task<Dictionary<string, (string State, string ExitCode, int Process)>> StatesAsync(CancellationToken stop)
    {
        var listed = (await runner.RunAsync(CommandLine.Of("podman", "ps", "--all", "--format", "json"), stop)).OrThrow();
        using var document = JsonDocument.Parse(listed.Output);
        return document.RootElement.EnumerateArray().ToDictionary(
            container => container.GetProperty("Names")[0].GetString()!,
            container => (container.GetProperty("State").GetString()!, container.GetProperty("ExitCode").GetRawText(), container.GetProperty("Pid").GetInt32()),
            StringComparer.Ordinal);
    }

    private async Task<string> HealthAsync(string name, CancellationToken stop)
    {
        var result = await runner.RunAsync(CommandLine.Of("podman", "healthcheck", "run", name) with { Timeout = TimeSpan.FromSeconds(30) }, stop);
        return result.Succeeded ? "healthy" : "unhealthy";
    }
}
