using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Undercloud.Heat.Values;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Sandboxes;

/// <summary>
/// A machine as bare metal at a sandbox's control plane: QEMU that nothing but its management controller, IPMI over LAN, switches on. It is a
/// container beside the sandbox, in the sandbox's network.
/// </summary>
public sealed partial class Machine
{
    /// <summary>The label, with the sandbox's name, of a sandbox's machines.</summary>
    internal const string Label = "undercloud.machine-of";

    private const string NameLabel = "undercloud.machine";
    private const string SpecificationLabel = "undercloud.machine-specification";

    // The sandbox's own end of the control plane's wire.
    private const string Wire = "eth1p";

    // It guards a throwaway machine that can be reached from its sandbox alone.
    private const string User = "admin", Password = "machine";

    private readonly Sandbox _sandbox;
    private readonly IProcessRunner _processes;

    /// <exception cref="SandboxException">The name cannot be a machine's.</exception>
    public Machine(string name, Sandbox sandbox, IProcessRunner processes)
    {
        if (!MachineName().IsMatch(name))
            throw new SandboxException($"'{name}' cannot be a machine's name: use lower-case letters, digits and hyphens, at most 40.");
        (Name, _sandbox, _processes) = (name, sandbox, processes);
    }

    public string Name { get; }

    /// <summary>Its container's name. What the machine writes to its serial console is the container's log.</summary>
    public string Container => $"{_sandbox.Container}-{Name}";

    /// <summary>Plugs it in, switched off.</summary>
    /// <param name="image">The machine image.</param>
    /// <param name="specification">What it has.</param>
    /// <exception cref="SandboxException">There is no such sandbox, it does not run, or the machine is there already.</exception>
    public async Task CreateAsync(string image, MachineSpecification specification, CancellationToken stop)
    {
        if (await _sandbox.FindAsync(stop) is not { State: "running" })
            throw new SandboxException($"There is no running sandbox '{_sandbox.Name}'. Make it first: undercloud install --sandbox={_sandbox.Name}");
        if ((await _processes.RunAsync(CommandLine.Of("podman", "container", "exists", Container), stop)).Succeeded)
            throw new SandboxException($"There is a container {Container} already. Choose another name, or remove it: undercloud sandbox machine delete {Name}");
        var runtime = await ContainerRuntime.FindAsync(_processes, stop);
        (await _processes.RunAsync(new("podman", RunArguments(image, specification, runtime)) { OwnSession = true }, stop)).OrThrow();
        await WaitForControllerAsync(stop);
    }

    /// <summary>Removes it; without one this does nothing.</summary>
    public async Task<bool> DeleteAsync(CancellationToken stop)
    {
        var there = (await ListAsync(_sandbox, _processes, stop)).Any(machine => machine.Name == Name);
        if (there)
            (await _processes.RunAsync(CommandLine.Of("podman", "rm", "--force", "--time", "0", Container), stop)).OrThrow();
        return there;
    }

    /// <summary>The machines of a sandbox, by name.</summary>
    public static async Task<ImmutableArray<MachineState>> ListAsync(Sandbox sandbox, IProcessRunner processes, CancellationToken stop)
    {
        var listed = (await processes.RunAsync(CommandLine.Of("podman", "ps", "--all", "--filter", $"label={Label}={sandbox.Name}", "--format", "json"), stop)).OrThrow();
        return string.IsNullOrWhiteSpace(listed.Output) ? [] : listed.Json<ImmutableArray<MachineState>>(list =>
        [
            .. list.EnumerateArray()
                .Select(container => (Labels: container.GetProperty("Labels"), State: container.GetProperty("State").GetString()!))
                .Select(container => new MachineState(
                    container.Labels.GetProperty(NameLabel).GetString()!,
                    container.State,
                    MachineSpecification.Read(container.Labels.GetProperty(SpecificationLabel).GetString()!)))
                .OrderBy(machine => machine.Name, StringComparer.Ordinal),
        ]);
    }

    /// <summary>The nodes of an <c>instackenv.json</c> that are these machines.</summary>
    public static string Nodes(IEnumerable<MachineState> machines) => CanonicalJson.WriteIndented(new MapValue(
    [
        new("nodes", new ListValue([.. machines.Select(machine => Node(machine.Name, machine.Specification))])),
    ]));

    private static MapValue Node(string name, MachineSpecification has) => new(
    [
        new("name", name), new("pm_type", "ipmi"), new("pm_addr", has.Controller[..has.Controller.IndexOf('/')]),
        new("pm_user", User), new("pm_password", Password), new("ipmi_cipher_suite", "3"),
        new("mac", new ListValue([Address(name)])), new("arch", "x86_64"), new("cpu", $"{has.Cores}"), new("memory", $"{has.Memory}"), new("disk", $"{has.Disk}"),
        new("capabilities", "boot_mode:bios"),
    ]);

    /// <summary>The hardware address of its card: the same for the same name.</summary>
    public static string Address(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return string.Create(CultureInfo.InvariantCulture, $"52:54:00:{hash[0]:x2}:{hash[1]:x2}:{hash[2]:x2}");
    }

    private ImmutableArray<string> RunArguments(string image, MachineSpecification has, ContainerRuntime runtime) =>
    [
        .. runtime.RuntimeOptions, "run", "--detach", "--pull", "never",
        "--name", Container, "--label", $"{Label}={_sandbox.Name}", "--label", $"{NameLabel}={Name}", "--label", $"{SpecificationLabel}={has.Text}",
        "--network", $"container:{_sandbox.Container}", "--privileged", .. runtime.LimitOptions,
        "--env", $"WIRE={Wire}", "--env", $"MAC={Address(Name)}", "--env", $"BMC_ADDRESS={has.Controller}",
        "--env", $"BMC_USER={User}", "--env", $"BMC_PASSWORD={Password}",
        "--env", $"MEMORY={has.Memory}", "--env", $"CORES={has.Cores}", "--env", $"DISK={has.Disk}",
        image,
    ];

    private async Task WaitForControllerAsync(CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            var up = await _processes.RunAsync(CommandLine.Of("podman", "exec", Container, "pgrep", "-x", "ipmi_sim"), stop);
            if (up.Succeeded)
                return;
            if (tries == 20)
            {
                var log = await _processes.RunAsync(CommandLine.Of("podman", "logs", "--tail", "10", Container), stop);
                await DeleteAsync(CancellationToken.None);
                throw new SandboxException($"The machine '{Name}' has no management controller. It said:\n{log.Output}{log.Error}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), stop);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex MachineName();
}

/// <summary>What a machine has.</summary>
/// <param name="Controller">Address of its management controller with the prefix of its network, e.g. 192.168.24.201/24.</param>
/// <param name="Memory">MiB.</param>
/// <param name="Cores">Processors.</param>
/// <param name="Disk">GiB.</param>
public sealed record MachineSpecification(string Controller, int Memory = 4096, int Cores = 1, int Disk = 10)
{
    /// <summary>In one word, as a label.</summary>
    internal string Text => $"{Controller},{Memory},{Cores},{Disk}";

    internal static MachineSpecification Read(string text) => text.Split(',') is [var controller, var memory, var cores, var disk]
        ? new(controller, Number(memory), Number(cores), Number(disk))
        : throw new FormatException($"'{text}' is no machine's label.");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A machine as podman sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Whether it is plugged in, in podman's words: running or exited. Its power is its controller's business.</param>
/// <param name="Specification">What it has.</param>
public sealed record MachineState(string Name, string State, MachineSpecification Specification);
