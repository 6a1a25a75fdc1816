namespace Undercloud.Deploy.Sequence;

/// <summary>The actions of a run on a node, in the order in which a phase has them.</summary>
public enum NodeAction
{
    /// <summary>Ansible copies the tool and the manifest to the node. A check needs no copy.</summary>
    Stage,

    /// <summary>Ansible records the release before anything of that release is created.</summary>
    RecordRelease,

    /// <summary>Ansible runs the services' <c>update_tasks</c> of a step, in an update only.</summary>
    UpdateTasks,

    /// <summary><c>agent files apply</c></summary>
    ApplyFiles,

    /// <summary>Ansible installs the node's Debian packages.</summary>
    InstallPackages,

    /// <summary><c>agent network apply</c></summary>
    ApplyNetwork,

    /// <summary><c>agent firewall apply</c></summary>
    ApplyFirewall,

    /// <summary><c>agent certificates apply</c></summary>
    ApplyCertificates,

    /// <summary>Ansible runs the services' <c>host_prep_tasks</c>.</summary>
    HostPrepTasks,

    /// <summary>Ansible runs the services' <c>external_deploy_tasks</c> of a step, once, on the deploying host.</summary>
    ExternalDeployTasks,

    /// <summary>Ansible runs the services' <c>deploy_steps_tasks</c> of a step.</summary>
    DeployStepsTasks,

    /// <summary><c>container apply</c> of a step.</summary>
    ApplyContainers,

    /// <summary><c>agent cloud apply</c> of a step.</summary>
    ApplyCloud,

    /// <summary><c>agent cloud prune</c>, with the login of a step.</summary>
    PruneCloud,

    /// <summary><c>container delete</c> of all steps.</summary>
    DeleteContainers,

    /// <summary><c>agent firewall prune</c></summary>
    PruneFirewall,

    /// <summary><c>agent network prune</c></summary>
    PruneNetwork,

    /// <summary><c>agent files prune</c></summary>
    PruneFiles,

    /// <summary>Ansible runs the services' <c>post_update_tasks</c> of a step, in an update only.</summary>
    PostUpdateTasks,
}
