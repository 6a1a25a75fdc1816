using System.Net;
using Undercloud.Config;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Images;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;
using Undercloud.Tests.Node;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Install;

/// <summary>A host for operations, with all that it keeps in a directory of its own, and programs that only remember how they were called.</summary>
internal sealed class FakeInstallation : IDisposable
{
    private readonly ToolHome _tool = new(Repository.Root);

    public string Home { get; } = Directory.CreateTempSubdirectory("undercloud-host-").FullName;

    public FakeProcesses Host { get; } = new();

    public RunEvents Events { get; } = new(TimeProvider.System);

    /// <summary>This host's agent.</summary>
    public FixedAgent Agent { get; } = new();

    public string State => Path.Combine(Home, "state");

    public string Project => Path.Combine(Home, "undercloud-ansible");

    public string Passwords => Path.Combine(Home, "tripleo-undercloud-passwords.yaml");

    public GenerationStore Generations => new(State);

    public SecretRecord Secrets => new(State);

    public UndercloudConfig Config => UndercloudConfig.Read($"[DEFAULT]\noutput_dir = {Home}\n", "undercloud.conf", Home, new DiagnosticBag());

    public OperationContext Context => new(Host, () => new Answering(), _tool, Generations, new(State, Generations), Secrets, new JumpingTime(), Events)
    {
        StateDirectory = State,
        ProgramDirectory = Path.Combine(Home, "libexec"),
        Images = new() { Cache = Path.Combine(Home, "cache"), LockFile = Path.Combine(Home, "images.lock"), RuntimeFile = Path.Combine(Home, "runtime") },
        Nodes = new(Host, () => new Answering(), new JumpingTime()) { Local = () => Agent },
    };

    public bool HasPlayed => Host.Lines.Any(line => line.StartsWith("ansible-playbook", StringComparison.Ordinal));

    /// <summary>What an operation is to be prepared from: a role of one service, which is planned fast.</summary>
    public RunRequest Request(string config = "", bool validations = false)
    {
        var path = Path.Combine(Home, "undercloud.conf");
        var roles = Path.Combine(Home, "roles.yaml");
        File.WriteAllText(roles, "- name: Undercloud\n  tags: [primary, controller]\n  ServicesDefault:\n    - OS::TripleO::Services::Memcached\n");
        File.WriteAllText(path, $"[DEFAULT]\noutput_dir = {Home}\nroles_file = {roles}\n{config}");
        return new(path, [], Home, null, ConfigRelease.None, validations);
    }

    public InstallOperation Install(bool validations = false) => new(Context, new(Request(validations: validations), "install", InstallGoal.Apply));

    /// <summary>A host that has what an install needs: packages, and all images but these.</summary>
    public FakeInstallation Ready(params string[] without)
    {
        Host.Do("podman image ls", _ => (0, Images(without), ""))
            .Answer("dpkg-query", string.Concat(PrerequisiteSet.Install.Packages.Concat(PrerequisiteSet.ImageBuild.Packages).Concat(PrerequisiteSet.Registry.Packages).Select(name => $"installed {name}\n")));
        return this;
    }

    /// <summary>podman's list of all images of ours, but these.</summary>
    public string Images(params string[] without) => $"[{string.Join(',', ImageDefinitions.Load(_tool.Images, new DiagnosticBag()).All.Where(definition => !without.Contains(definition.Name)).Select((definition, index) =>
        $$"""{"Id": "{{index + 1:x64}}", "Names": ["{{definition.TagFor(OpenStackRelease.Default)}}"], "Size": 1, "Created": 1}"""))}]";

    /// <summary>Records an applied plan: this host, and other nodes by their names.</summary>
    public DeploymentPlan Applied(params string[] others)
    {
        var plan = new DeploymentPlan
        {
            Stack = "undercloud",
            Release = "zed",
            Nodes = [Node("here", null), .. others.Select(name => Node(name, new(name)))],
        };
        Generations.Write(new(1, GenerationState.Applied, plan.Hash, "install", DateTimeOffset.UnixEpoch), plan);
        return plan;
    }

    public void Dispose()
    {
        Events.Dispose();
        Directory.Delete(Home, recursive: true);
    }

    private static NodePlan Node(string name, SshConnection? connection) => new() { Role = "Undercloud", Manifest = new NodeManifest { Node = name }, Connection = connection };

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
