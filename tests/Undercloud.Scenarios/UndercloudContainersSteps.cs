using System.Reflection;
using System.Runtime.CompilerServices;

namespace Undercloud.Scenarios;

/// <summary>
/// The whole life of a containerised undercloud: install, use, install again, change an option, kill, restart, uninstall, delete.
/// The same for every release.
/// </summary>
[Steps(
    nameof(A_sandbox_is_a_freshly_installed_host),
    nameof(What_stands_against_an_install_is_said_at_once_and_before_anything_is_changed),
    nameof(Install_ends_with_the_banner),
    nameof(The_real_client_gets_a_token),
    nameof(Every_service_has_its_three_endpoints),
    nameof(Glance_keeps_an_image),
    nameof(Placement_keeps_a_resource_provider),
    nameof(Heat_makes_and_deletes_a_stack),
    nameof(Swift_keeps_an_object_and_gives_it_away_by_a_temporary_address),
    nameof(Only_who_trusts_the_authority_accepts_the_public_endpoint),
    nameof(A_certificate_that_does_not_do_is_made_anew_and_no_container_restarts),
    nameof(Status_says_that_all_is_well),
    nameof(A_neighbour_reaches_the_control_plane_through_its_bridge),
    nameof(The_firewall_lets_a_neighbour_to_the_services_and_to_nothing_else),
    nameof(A_plain_user_of_the_host_reaches_neither_the_cache_nor_Swifts_storage),
    nameof(Every_agent_of_Neutron_is_alive),
    nameof(The_control_planes_network_is_there),
    nameof(Flavors_and_the_operators_key_are_there),
    nameof(A_port_gets_its_address_from_DHCP),
    nameof(A_node_is_enrolled_and_inspected_by_what_it_boots),
    nameof(A_node_is_provided_deployed_and_undeployed),
    nameof(Nova_makes_a_server_of_a_node_and_gives_it_back),
    nameof(What_a_node_boots_first_comes_by_TFTP_and_HTTP),
    nameof(A_router_reaches_the_control_plane),
    nameof(Secrets_are_where_they_belong_and_nowhere_else),
    nameof(A_second_install_changes_nothing),
    nameof(The_release_that_is_there_is_not_turned_into_another_one),
    nameof(A_dry_run_shows_the_plan_and_writes_nothing),
    nameof(The_command_of_old_installs_from_any_directory_and_without_a_login),
    nameof(The_command_of_old_ends_as_the_program_does_when_it_is_interrupted),
    nameof(One_option_changed_restarts_only_its_containers),
    nameof(A_changed_section_changes_the_subnet_in_place),
    nameof(Swift_is_switched_off_and_on_and_keeps_what_it_had),
    nameof(TLS_is_taken_away),
    nameof(A_wrong_option_is_named_with_its_place_and_what_was_meant),
    nameof(A_kill_while_TLS_comes_back_is_made_good_by_running_again),
    nameof(A_masqueraded_neighbour_reaches_a_network_that_does_not_know_it),
    nameof(A_killed_container_comes_back),
    nameof(After_a_restart_of_the_host_everything_comes_back),
    nameof(Uninstall_leaves_data_and_nothing_else_of_ours),
    nameof(The_project_run_by_hand_installs_the_same_on_the_data_that_stayed),
    nameof(Uninstall_with_purge_leaves_the_host_as_it_was),
    nameof(Any_role_is_deployed_with_a_service_of_the_operators_own),
    nameof(Delete_leaves_nothing_behind))]
public abstract partial class UndercloudContainersSteps(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Nothing = "nothing was changed";

    private static string Compact(System.Text.Json.JsonElement element) =>
        System.Text.Json.Nodes.JsonNode.Parse(element.GetRawText())!.ToJsonString();

    private static string Until(string line, string wanted) => SandboxHost.Until(line, wanted);

    private void Step(Action step, [CallerMemberName] string name = "")
    {
        Assert.True(typeof(UndercloudContainersSteps).GetCustomAttribute<StepsAttribute>()!.Names.Contains(name), $"{name} has no place among the steps of {nameof(UndercloudContainersSteps)}.");
        host.Step(step, name);
    }
}
