namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The ways tripleo-common has laid out the project, named after the release that began with one.</summary>
public enum ConfigDownloadLayout
{
    /// <summary>One task file a role and kind, a playbook of its own for upgrade tasks, deployments by role in group_vars.</summary>
    Queens,

    /// <summary>Task files by step, deployments by server in host_vars, variables of roles and servers from the outputs.</summary>
    Train,
}
