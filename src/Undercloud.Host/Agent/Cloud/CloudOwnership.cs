using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Which objects of the cloud are ours: those that were made here, as long as they are the same ones.</summary>
internal sealed class CloudOwnership(AgentPlan plan)
{
    /// <summary>Records an object that is made; its id is known only afterwards.</summary>
    public void Own(CloudKey key, string? id) =>
        plan.Owned = plan.Owned with { Cloud = plan.Owned.Cloud.SetItem(key.ToString(), new(key.Kind, key.Name, id)) };

    /// <summary>An object that is there is taken as it is. It is ours only when it is the one we recorded.</summary>
    public void Adopt(CloudKey key, string id)
    {
        if (plan.Before.Cloud.GetValueOrDefault(key.ToString()) is not { } owned)
            return;
        if (owned.Id is null || owned.Id == id)
            Own(key, id);
        else
            plan.Owned = plan.Owned with { Cloud = plan.Owned.Cloud.Remove(key.ToString()) };
    }
}
