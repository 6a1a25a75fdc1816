using System.CommandLine;
using Undercloud.Cli.Commands;
using Undercloud.Cli.Commands.Agent;
using Undercloud.Cli.Commands.BareMetal;
using Undercloud.Cli.Commands.Configuration;
using Undercloud.Cli.Commands.Containers;
using Undercloud.Cli.Commands.Generations;
using Undercloud.Cli.Commands.Images;
using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Cli.Commands.Sandboxes;
using Undercloud.Cli.Commands.Templates;
using Undercloud.Host.Agent;

namespace Undercloud.Cli;

/// <summary>The program's commands.</summary>
public static class CommandTree
{
    public static RootCommand Create(Composition composition) => new("Installs and maintains an OpenStack undercloud.")
    {
        InstallCommand.Create(composition),
        DeployCommand.Create(composition),
        UpdateCommand.Create(composition),
        UpgradeCommand.Create(composition),
        RollbackCommand.Create(composition),
        BackupCommand.Create(composition),
        RestoreCommand.Create(composition),
        DiffCommand.Create(composition),
        StatusCommand.Create(composition),
        UninstallCommand.Create(composition),
        GenerationCommand.Create(composition),
        ConfigCommand.Create(composition),
        TemplateCommand.Create(composition),
        ImageCommand.Create(composition),
        BundleCommand.Create(composition),
        SandboxCommand.Create(composition.Runner, composition.Time),
        ContainerCommand.Create(composition.Runner, composition.Time),
        NodeCommand.Create(composition),
        AgentCommand.Create(composition, new NodeLayout()),
    };
}
