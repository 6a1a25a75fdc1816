namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The layouts that tripleo-common has used for the project, named after the release that introduced each.</summary>
public enum ConfigDownloadLayout
{
    /// <summary>One task file per role and kind, a playbook of its own for upgrade tasks, deployments by role in group_vars.</summary>
    Queens,

    /// <summary>Task files by step, deployments by server in host_vars, variables of roles and servers from the outputs.</summary>
    Train,
}
