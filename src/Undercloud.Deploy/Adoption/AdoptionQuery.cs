using System.Collections.Immutable;

namespace Undercloud.Deploy.Adoption;

/// <summary>A question to the database server of an undercloud that is to be adopted. It only reads.</summary>
/// <param name="Name">The name of its answer in <see cref="FoundHost.Answers"/>.</param>
/// <param name="Sql">The statement.</param>
public sealed record AdoptionQuery(string Name, string Sql)
{
    /// <summary>The region of any endpoint, each once.</summary>
    public const string Regions = "regions";

    /// <summary>Id and name of each domain.</summary>
    public const string Domains = "domains";

    /// <summary>Id, name and database URL of each of Nova's cells.</summary>
    public const string Cells = "cells";

    /// <summary>Name of each network on a physical network, and the latter's name.</summary>
    public const string Networks = "networks";

    /// <summary>UUID, name, provision state and conductor of each bare metal node that a conductor works on.</summary>
    public const string Nodes = "nodes";

    /// <summary>Name and action of each stack that Heat works on and that is no part of another one.</summary>
    public const string Stacks = "stacks";

    /// <summary>The queries, by the databases that the configuration files name.</summary>
    /// <param name="database">Gives a service's database on this host by the name that containers give it, e.g. nova_api; null for none.</param>
    public static IEnumerable<AdoptionQuery> For(Func<string, string?> database)
    {
        if (database("keystone") is { } keystone)
        {
            yield return new(Regions, $"SELECT DISTINCT region_id FROM {In(keystone)}.endpoint WHERE enabled AND region_id IS NOT NULL ORDER BY 1");
            yield return new(Domains, $"SELECT id, name FROM {In(keystone)}.project WHERE is_domain AND id <> '<<keystone.domain.root>>' ORDER BY 2");
        }

        if (database("nova_api") is { } cells)
            yield return new(Cells, $"SELECT uuid, COALESCE(name, ''), database_connection FROM {In(cells)}.cell_mappings ORDER BY id");
        if (database("ovs_neutron") is { } neutron)
            yield return new(Networks, $"SELECT n.name, s.physical_network FROM {In(neutron)}.networks n JOIN {In(neutron)}.networksegments s ON s.network_id = n.id WHERE s.physical_network IS NOT NULL ORDER BY 1");
        if (database("ironic") is { } ironic)
            yield return new(Nodes, $"SELECT uuid, COALESCE(name, ''), COALESCE(provision_state, ''), reservation FROM {In(ironic)}.nodes WHERE reservation IS NOT NULL ORDER BY id");
        if (database("heat") is { } heat)
            yield return new(Stacks, $"SELECT name, action FROM {In(heat)}.stack WHERE deleted_at IS NULL AND owner_id IS NULL AND status = 'IN_PROGRESS' ORDER BY 1");
    }

    private static string In(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
