using System.CommandLine;
using Undercloud.Cli.Commands;
using Undercloud.Host.Node;

namespace Undercloud.Cli;

/// <summary>The program's commands.</summary>
public static class CommandTree
{
    public static RootCommand Create(Composition composition) => new("Installs and looks after an OpenStack undercloud.")
    {
        InstallCommand.Create(composition),
        DeployCommand.Create(composition),
        UpgradeCommand.Create(composition),
        DiffCommand.Create(composition),
        StatusCommand.Create(composition),
        UninstallCommand.Create(composition),
        ConfigCommand.Create(composition),
        TemplateCommand.Create(composition),
        ImageCommand.Create(composition.Runner, composition.Time),
        SandboxCommand.Create(composition.Runner, composition.Time),
        ContainerCommand.Create(composition.Runner, composition.Time),
        NodeCommand.Create(composition, new NodeLayout()),
    };
}
