using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Commands.Images;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Values;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox machine</c>: simulated bare metal machines with IPMI on a sandbox's control plane.</summary>
public static class SandboxMachineCommand
{
    private const string NodesInside = "/root/instackenv.json";

    private static Rows<MachineState> Columns { get; } = new(
        new("name", "Name", machine => machine.Name),
        new("state", "State", machine => machine.State),
        new("card", "Card", machine => Machine.Address(machine.Name)),
        new("controller", "Controller", machine => machine.Specification.Controller),
        new("memory", "Memory", machine => machine.Specification.Memory) { Text = machine => $"{machine.Specification.Memory} MiB" },
        new("cores", "Cores", machine => machine.Specification.Cores),
        new("disk", "Disk", machine => machine.Specification.Disk) { Text = machine => $"{machine.Specification.Disk} GiB" });

    public static Command Create(IProcessRunner processes, TimeProvider time) => new("machine", "Manage simulated bare metal machines with IPMI on a sandbox's control plane.")
    {
        Add(processes, time),
        List(processes, time),
        Delete(processes, time),
    };

    private static Command Add(IProcessRunner processes, TimeProvider time)
    {
        var (name, sandbox) = (Name(), Of());
        var memory = new Option<int>("--memory") { Description = "Memory in MiB; the agent's ramdisk needs 4096.", DefaultValueFactory = _ => 4096 };
        var cores = new Option<int>("--cores") { Description = "Processors.", DefaultValueFactory = _ => 1 };
        var disk = new Option<int>("--disk") { Description = "Its disk in GiB.", DefaultValueFactory = _ => 10 };
        var controller = new Option<string?>("--controller")
        {
            Description = "The address of the management controller on the control plane, with prefix length. Default: the first free one from 192.168.24.201/24",
            HelpName = "ADDRESS",
        };
        var command = new Command("add", $"Add a machine, powered off. {NodesInside} in the sandbox lists all machines, for `undercloud node import`.")
        {
            name, sandbox, memory, cores, disk, controller,
        };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var host = new Sandbox(parsed.GetValue(sandbox)!, processes, time);
            var machine = new Machine(parsed.GetValue(name)!, host, processes);
            var address = parsed.GetValue(controller) ?? Free(await Machine.ListAsync(host, processes, stop));
            if (!AddressWithPrefix.TryParse(address, out _))
            {
                Console.Error.WriteLine($"'{address}' is no address with a prefix, such as 192.168.24.201/24.");
                return ExitCodes.Usage;
            }

            using var progress = ImageCommand.Progress(time, "Machine");
            await new DebianPrerequisites(processes, progress).EnsureAsync([PrerequisiteSet.Sandbox, PrerequisiteSet.ImageBuild], stop);
            var images = await new ImageBuilder(processes, time, progress, ToolHome.Find().Images).EnsureAsync(["machine"], OpenStackRelease.Default, stop);
            var image = images.Single(built => built.Key.Contains("/machine:", StringComparison.Ordinal)).Value;
            await machine.CreateAsync(image, new(address, parsed.GetValue(memory), parsed.GetValue(cores), parsed.GetValue(disk)), stop);
            await WriteNodesAsync(host, processes, stop);
            progress.Line($"The machine {machine.Name} is created and powered off. Its console: podman logs {machine.Container}");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command List(IProcessRunner processes, TimeProvider time)
    {
        var (sandbox, format) = (Of(), RowOptions.For(Columns));
        var command = new Command("list", "List a sandbox's machines; with -f json, the output is an instackenv.json.") { sandbox };
        format.AddTo(command);
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var machines = await Machine.ListAsync(new(parsed.GetValue(sandbox)!, processes, time), processes, stop);
            var choice = format.Of(parsed);
            if (choice.IsDocument)
                DataOutput.Write(CanonicalJson.Read(Machine.Nodes(machines)), choice.Format);
            else
                Columns.Write(Console.Out, machines, choice);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command Delete(IProcessRunner processes, TimeProvider time)
    {
        var (name, sandbox) = (Name(), Of());
        var command = new Command("delete", "Delete a machine with its disk.") { name, sandbox };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var host = new Sandbox(parsed.GetValue(sandbox)!, processes, time);
            var deleted = await new Machine(parsed.GetValue(name)!, host, processes).DeleteAsync(stop);
            if (deleted)
                await WriteNodesAsync(host, processes, stop);
            Console.Error.WriteLine($"machine {parsed.GetValue(name)}: {(deleted ? "deleted" : "does not exist")}");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The machine's name, which is also the node's name." };

    private static Option<string> Of() => new("--sandbox") { Description = "The sandbox. Default: default", HelpName = "NAME", DefaultValueFactory = _ => Sandbox.DefaultName };

    private static string Free(ImmutableArray<MachineState> machines) =>
        Enumerable.Range(201, 50).Select(last => $"192.168.24.{last}/24").First(address => machines.All(machine => machine.Specification.Controller != address));

    private static async Task WriteNodesAsync(Sandbox sandbox, IProcessRunner processes, CancellationToken stop)
    {
        var text = Machine.Nodes(await Machine.ListAsync(sandbox, processes, stop));
        (await sandbox.ExecAsync(["sh", "-c", $"umask 077; cat > {NodesInside}"], text, stop)).OrThrow();
    }
}
