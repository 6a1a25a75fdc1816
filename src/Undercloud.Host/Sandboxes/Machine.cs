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
/// A simulated bare metal machine on a sandbox's control plane: QEMU, powered only by its management controller (IPMI over LAN). It is a container beside
/// the sandbox, in the sandbox's network.
/// </summary>
public sealed partial class Machine
{
    /// <summary>The label of a sandbox's machines, with the sandbox's name.</summary>
    internal const string Label = "undercloud.machine-of";

    private const string NameLabel = "undercloud.machine";
    private const string SpecificationLabel = "undercloud.machine-specification";

    // The sandbox's end of the link to the control plane.
    private const string Wire = "eth1p";

    // The password protects a throwaway machine that only its sandbox can reach.
    private const string User = "admin", Password = "machine";

    private readonly Sandbox _sandbox;
    private readonly IProcessRunner _processes;

    /// <exception cref="SandboxException">The name is not valid for a machine.</exception>
    public Machine(string name, Sandbox sandbox, IProcessRunner processes)
    {
        if (!MachineName().IsMatch(name))
            throw new SandboxException($"'{name}' is not a valid name for a machine: use lower-case letters, digits and hyphens, at most 40.");
        (Name, _sandbox, _processes) = (name, sandbox, processes);
    }

    public string Name { get; }

    /// <summary>The name of its container. The container's log is the machine's serial console.</summary>
    public string Container => $"{_sandbox.Container}-{Name}";

    /// <summary>Creates the machine, powered off.</summary>
    /// <param name="image">The machine image.</param>
    /// <param name="specification">The hardware of the machine.</param>
    /// <exception cref="SandboxException">The sandbox does not exist or does not run, or the machine exists already.</exception>
    public async Task CreateAsync(string image, MachineSpecification specification, CancellationToken stop)
    {
        if (await _sandbox.FindAsync(stop) is not { State: "running" })
            throw new SandboxException($"There is no running sandbox '{_sandbox.Name}'. Create it first: undercloud install --sandbox={_sandbox.Name}");
        if ((await _processes.RunAsync(CommandLine.Of("podman", "container", "exists", Container), stop)).Succeeded)
            throw new SandboxException($"The container {Container} exists already. Choose another name, or remove it: undercloud sandbox machine delete {Name}");
        var runtime = await ContainerRuntime.FindAsync(_processes, stop);
        (await _processes.RunAsync(new("podman", RunArguments(image, specification, runtime)) { OwnSession = true }, stop)).OrThrow();
        await WaitForControllerAsync(stop);
    }

    /// <summary>Removes the machine; without one it does nothing.</summary>
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

    /// <summary>The nodes of an <c>instackenv.json</c> for these machines.</summary>
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

    /// <summary>The hardware address of the machine's card, derived from the name.</summary>
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
                throw new SandboxException($"The machine '{Name}' has no management controller. The container's log:\n{log.Output}{log.Error}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), stop);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex MachineName();
}

/// <summary>The hardware of a machine.</summary>
/// <param name="Controller">The address of its management controller with prefix length, e.g. 192.168.24.201/24.</param>
/// <param name="Memory">MiB.</param>
/// <param name="Cores">Processors.</param>
/// <param name="Disk">GiB.</param>
public sealed record MachineSpecification(string Controller, int Memory = 4096, int Cores = 1, int Disk = 10)
{
    /// <summary>The specification as one word, for a label.</summary>
    internal string Text => $"{Controller},{Memory},{Cores},{Disk}";

    internal static MachineSpecification Read(string text) => text.Split(',') is [var controller, var memory, var cores, var disk]
        ? new(controller, Number(memory), Number(cores), Number(disk))
        : throw new FormatException($"'{text}' is no machine's label.");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A machine as podman reports it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">The state of its container, running or exited. The power state is known only to its controller.</param>
/// <param name="Specification">The hardware of the machine.</param>
public sealed record MachineState(string Name, string State, MachineSpecification Specification);
