namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// The tasks that apply one deployment on one host. The playbooks of tripleo-heat-templates include this file with <c>item</c>, the
/// deployment's name, and <c>force</c>; the node's os-refresh-config script does the work and writes its result to a file named by the deployment's id.
/// </summary>
internal static class DeploymentTasks
{
    public const string File = "deployments.yaml";

    /// <summary>The file's text.</summary>
    public static string Text(ConfigDownloadLayout layout) => layout == ConfigDownloadLayout.Queens
        ? Tasks(
            Lookup("file", "role_name", "ansible_hostname", ""),
            "{{ (async_timeout | default(300)) if (async_deployment | default(false) | bool or item == 'NetworkDeployment') else 0 }}",
            "{{ item }}")
        : Tasks(
            // Templates mark a value for Ansible as "$$name$$", which is YAML as it stands.
            Lookup("template", "tripleo_role_name", "ansible_facts['hostname']", """, variable_start_string='"$$', variable_end_string='$$"'"""),
            "{{ async_timeout | default(1800) }}",
            "{{ item ~ '-' ~ deployment_id }}");

    private static string Lookup(string plugin, string role, string host, string options) =>
        $"(lookup('{plugin}', {role} ~ '/' ~ {host} | lower ~ '/' ~ item{options}) | from_yaml)[item]";

    private static string Tasks(string deployment, string timeout, string file) => $$$"""
        # Applies the deployment 'item' on this host, unless it was applied before. With 'force' it is applied again.
        - name: "Find the id of {{ item }}"
          set_fact:
            deployment_id: >-
              {{ {{{deployment}}}.id }}

        - name: "Write {{ item }} for os-refresh-config"
          copy:
            content: >-
              {{ [{{{deployment}}}] | to_json }}
            dest: "/var/lib/heat-config/tripleo-config-download/{{{file}}}"
            mode: "0600"
          become: true

        - name: "Read what became of {{ item }} before"
          slurp:
            src: "/var/lib/heat-config/deployed/{{ deployment_id }}.notify.json"
          become: true
          register: deployment_before
          failed_when: false

        - name: "Have {{ item }} applied again"
          file:
            path: "/var/lib/heat-config/deployed/{{ deployment_id }}.json"
            state: absent
          become: true
          when: >-
            force | default(false) | bool
            or (deployment_before.content | default('e30=') | b64decode | from_json).deploy_status_code | default(1) | int != 0

        - name: "Apply {{ item }}"
          command: /usr/libexec/os-refresh-config/configure.d/55-heat-config
          become: true
          environment:
            HEAT_SHELL_CONFIG: "/var/lib/heat-config/tripleo-config-download/{{{file}}}"
          async: "{{{timeout}}}"
          poll: "{{ async_poll | default(3) }}"
          register: deployment_run
          failed_when: false

        - name: "Read what became of {{ item }}"
          slurp:
            src: "/var/lib/heat-config/deployed/{{ deployment_id }}.notify.json"
          become: true
          register: deployment_after
          failed_when: false

        - name: "Result of {{ item }}"
          debug:
            msg:
              status_code: "{{ deployment_status }}"
              stderr: "{{ deployment_run.stderr_lines | default(['It did not end in time.']) }}"
          vars:
            deployment_status: "{{ (deployment_after.content | default('e30=') | b64decode | from_json).deploy_status_code | default(-1) | int }}"
          tags:
            - output
          failed_when: deployment_status | int != 0
          when: not (ansible_check_mode | bool)

        """;
}
