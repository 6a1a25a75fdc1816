namespace Undercloud.Tests.Heat.Analysis;

/// <summary>What is found in templates as they are written, and what is not taken for wrong.</summary>
public sealed class TemplateAnalysisTests
{
    private const string Head = "heat_template_version: rocky\n";

    private static void Expect(string findings, StackFixture stack) => Assert.Equal(findings.TrimEnd('\n'), stack.Analysis(), ignoreLineEndingDifferences: true);

    private static StackFixture Root(string rest) => StackFixture.Of(Head + rest);

    // The template under test is one that the registry has and nobody uses.
    private static StackFixture Unused(string rest) =>
        StackFixture.Of(Head).With("unused.yaml", Head + rest).Environment("resource_registry: {'T::Unused': unused.yaml}");

    [Fact]
    public void A_stack_without_fault_has_no_finding() => Expect("", Root("""
        parameters:
          Level: {type: string, default: info}
          Debug: {type: boolean, default: false}
        conditions:
          debug: {equals: [{get_param: Debug}, true]}
          quiet: {not: debug}
        resources:
          A: {type: OS::Heat::Value, properties: {value: {get_param: Level}}}
          B: {type: OS::Heat::Value, condition: quiet, depends_on: A, properties: {value: {if: [debug, 1, {get_attr: [A, value, some, path]}]}}}
        outputs:
          a: {condition: debug, value: {get_resource: A}}
          s: {value: {str_replace: {template: 'X of STACK', params: {X: 1, STACK: {get_param: 'OS::stack_name'}}}}}
        """));

    [Fact]
    public void A_parameter_that_is_declared_and_never_used_is_a_warning() => Expect(
        """
        main.yaml:3:3: warning HOT050: The parameter 'Unused' is declared and never used.
          Remove it, or use it with get_param.
        """,
        Root("""
            parameters:
              Unused: {type: string, default: a}
              Used: {type: string, default: a}
            outputs: {o: {value: {list_join: [',', [{get_param: [Used, 0]}]]}}}
            """));

    [Fact]
    public void Parameters_that_are_an_interface_deprecated_or_named_at_run_time_need_not_be_used()
    {
        Expect("", Root("""
            resources:
              Chain: {type: OS::Heat::ResourceChain, properties: {resources: ['T::S'], resource_properties: {RoleName: a}}}
              Plain: {type: plain.yaml, properties: {Given: b}}
            """)
            .With("service.yaml", Head + "parameters: {RoleName: {type: string}, Given: {type: string, default: ''}}\n")
            .With("plain.yaml", Head + """
                parameter_groups: [{label: deprecated, description: old, parameters: [Old]}]
                parameters:
                  Given: {type: string}
                  Old: {type: string, default: ''}
                  Role: {type: string, default: '', tags: [role_specific]}
                """)
            .Environment("resource_registry: {'T::S': service.yaml}"));
        Expect("", Root("""
            parameters: {A: {type: string, default: b}, Which: {type: string, default: A}}
            outputs: {o: {value: {get_param: {get_param: Which}}}}
            """));
    }

    [Fact]
    public void A_template_in_the_place_of_a_native_type_may_ignore_its_properties() => Expect(
        "",
        StackFixture.Of(Head).With("server.yaml", Head + "parameters: {flavor: {type: string, default: ''}}\n")
            .Environment("resource_registry: {'OS::Nova::Server': server.yaml}"));

    [Fact]
    public void An_undeclared_parameter_is_found_in_an_arm_that_is_not_taken() => Expect(
        """
        main.yaml:2:42: warning HOT012: get_param: the parameter 'Nmae' is not declared in main.yaml.
          Known are OS::stack_name, OS::stack_id, OS::project_id.
        """,
        Root("outputs: {o: {value: {if: [true, 1, {x: {get_param: Nmae}}]}}}\n"));

    [Fact]
    public void Conditions_must_be_declared_and_should_be_used() => Expect(
        """
        unused.yaml:3:3: warning HOT051: The condition 'never' is declared and never used.
          Remove it, or name it where it is meant to decide.
        unused.yaml:5:10: warning HOT040: There is no condition 'alwys'.
          Did you mean 'always'?
        unused.yaml:7:41: warning HOT040: There is no condition 'other'.
          Known are never, always, both.
        """,
        Unused("""
            conditions:
              never: false
              always: {equals: [other, other]}
              both: {and: [alwys, always]}
            resources:
              A: {type: OS::Heat::None, condition: {not: other}}
              B: {type: OS::Heat::None, condition: both}
            """));

    [Fact]
    public void A_name_that_is_nearly_a_function_is_pointed_out() => Expect(
        """
        main.yaml:2:23: warning HOT052: 'get_params' is no function; the map it is in is data.
          Did you mean 'get_param'?
        """,
        Root("outputs: {o: {value: {get_params: [A]}}, p: {value: {get_input: x, list_jion: y}}, q: {value: {str_replacee: x}}, r: {value: {file: {path: x}}}}\n"));

    [Fact]
    public void A_function_of_a_later_version_is_pointed_out_where_it_would_be_a_right_call() => Expect(
        """
        main.yaml:4:16: warning HOT052: 'if' is data here: this function came with heat_template_version newton.
          Raise heat_template_version to newton or later.
        """,
        StackFixture.Of("heat_template_version: 2016-04-08\noutputs:\n  a: {value: {repeat: daily, x: 1}}\n  b: {value: [{if: [true, 1, 2]}, {filter: always}]}\n"));

    [Fact]
    public void A_call_that_is_wrong_as_written_is_found_where_nobody_evaluates_it() => Expect(
        """
        unused.yaml:2:23: warning HOT030: get_attr: the arguments must be a list [resource, attribute, path…].
        """,
        Unused("outputs: {o: {value: {get_attr: Server}}}\n"));

    [Fact]
    public void A_replacement_of_what_does_not_occur_is_pointed_out_where_the_template_is_written_there() => Expect(
        """
        main.yaml:4:56: warning HOT053: str_replace: the param 'NAEM' does not occur in the template.
          Remove it, or correct its name in the template.
        """,
        Root("""
            parameters: {T: {type: string, default: x}}
            outputs:
              a: {value: {str_replace: {template: a NAME, params: {NAEM: 1}}}}
              b: {value: {str_replace: {template: {get_param: T}, params: {OTHER: 1}}}}
            """));

    [Fact]
    public void Files_templates_and_types_that_are_not_there_are_found() => Expect(
        """
        environment.yaml:1:47: warning HOT001: There is no template 'gone.yaml'.
        unused.yaml:3:13: warning HOT020: The resource type 'T::Unsed' stands for nothing.
          Did you mean 'T::Unused'?
        unused.yaml:4:13: warning HOT001: There is no template 'sub/none.yaml'.
        unused.yaml:6:15: warning HOT001: get_file: there is no file 'sub/script.sh'.
        """,
        StackFixture.Of(Head).With("unused.yaml", Head + """
            resources:
              A: {type: T::Unsed}
              B: {type: sub/none.yaml}
            outputs:
              a: {value: {get_file: sub/script.sh}}
              b: {value: {get_file: unused.yaml}}
            """).Environment("resource_registry: {'T::Unused': unused.yaml, 'T::Gone': gone.yaml}"));

    [Fact]
    public void Resources_that_are_referred_to_must_be_there() => Expect(
        """
        unused.yaml:3:42: warning HOT021: depends_on: there is no resource 'C'.
          Did you mean 'A'?
        unused.yaml:4:52: warning HOT021: get_resource: there is no resource 'Aa'.
          Did you mean 'A'?
        unused.yaml:6:15: warning HOT021: get_attr: there is no resource 'Bb'.
          Did you mean 'B'?
        """,
        Unused("""
            resources:
              A: {type: OS::Heat::None, depends_on: [C]}
              B: {type: OS::Heat::Value, properties: {value: [{get_resource: Aa}]}}
            outputs:
              o: {value: {get_attr: [Bb, value]}}
            """));

    [Fact]
    public void Attributes_must_be_ones_that_the_type_or_the_template_has() => Expect(
        """
        unused.yaml:12:15: warning HOT022: get_attr: OS::Heat::Value has no attribute 'vlaue'.
          Did you mean 'value'?
        unused.yaml:13:15: warning HOT022: get_attr: the resource 'Nested' (nested.yaml) has no attribute 'role_dat'.
          Did you mean 'role_data'?
        unused.yaml:14:15: warning HOT022: get_attr: there is no resource 'Wrong' in the resource 'Nested' (nested.yaml).
          Known are Inner.
        unused.yaml:15:15: warning HOT022: get_attr: OS::Heat::Value has no attribute 'x'.
          Known are value, show.
        unused.yaml:16:15: warning HOT022: get_attr: OS::Neutron::Net has no attribute 'mtuu'.
          Did you mean 'mtu'?
        """,
        StackFixture.Of(Head).With("unused.yaml", Head + """
            resources:
              Value: {type: OS::Heat::Value, properties: {value: 1}}
              Nested: {type: T::Nested}
              None: {type: T::None}
              Chain: {type: OS::Heat::ResourceChain, properties: {resources: []}}
              Deployment: {type: OS::Heat::SoftwareDeployment, properties: {server: a}}
              Net: {type: OS::Neutron::Net}
            outputs:
              right: {value: [{get_attr: [Value, value, anything]}, {get_attr: [Nested, role_data, x]}, {get_attr: [None, whatever]}, {get_attr: [Nested]}]}
              more: {value: [{get_attr: [Chain, role_data]}, {get_attr: [Deployment, result]}, {get_attr: [Nested, resource.Inner, value]}, {get_attr: [Net, show]}]}
              a: {value: {get_attr: [Value, vlaue]}}
              b: {value: {get_attr: [Nested, role_dat]}}
              c: {value: {get_attr: [Nested, resource.Wrong]}}
              d: {value: {get_attr: [Nested, resource.Inner.x]}}
              e: {value: {get_attr: [Net, mtuu]}}
            """)
            .With("nested.yaml", Head + "resources: {Inner: {type: OS::Heat::Value, properties: {value: 1}}}\noutputs: {role_data: {value: 1}}\n")
            .Environment("resource_registry: {'T::Unused': unused.yaml, 'T::Nested': nested.yaml, 'T::None': OS::Heat::None}"));

    [Fact]
    public void A_native_type_is_itself_inside_of_the_template_that_stands_for_it() => Expect(
        "",
        StackFixture.Of(Head).With("value.yaml", Head + """
            resources:
              Real: {type: OS::Heat::Value, properties: {value: 1}}
            outputs:
              other: {value: {get_attr: [Real, value]}}
            """).Environment("resource_registry: {'OS::Heat::Value': value.yaml}"));

    [Fact]
    public void Mappings_of_one_resource_leave_its_type_open() => Expect(
        "",
        StackFixture.Of(Head).With("unused.yaml", Head + "resources: {A: {type: T::A}}\noutputs: {o: {value: {get_attr: [A, x]}}}\n")
            .With("a.yaml", Head).Environment("resource_registry: {'T::Unused': unused.yaml, 'T::A': a.yaml, resources: {some: {'T::A': OS::Heat::None}}}"));

    [Fact]
    public void Properties_of_nested_templates_are_checked() => Expect(
        """
        main.yaml:3:3: warning HOT011: The parameter 'Needed' of nested.yaml has no value.
          Give the property 'Needed', or a default under parameter_defaults.
        main.yaml:6:18: warning HOT015: unknown property 'Nam': nested.yaml declares no such parameter.
          Did you mean 'Name'?
        """,
        Root("""
            resources:
              A:
                type: nested.yaml
                condition: false
                properties: {Nam: x}
            """).With("nested.yaml", Head + """
            parameters:
              Needed: {type: string}
              General: {type: string}
              Name: {type: string, default: ''}
            outputs: {o: {value: [{get_param: Needed}, {get_param: General}, {get_param: Name}]}}
            """).Environment("parameter_defaults: {General: a}"));

    [Fact]
    public void What_a_template_nobody_uses_would_lack_is_not_missed() => Expect(
        "",
        Unused("resources: {A: {type: nested.yaml}}\n").With("nested.yaml", Head + "parameters: {Key: {type: string}}\noutputs: {o: {value: {get_param: Key}}}\n"));

    [Fact]
    public void A_cycle_in_a_template_nobody_uses_is_printed_from_its_first_resource() => Expect(
        """
        unused.yaml:4:3: warning HOT023: Resources wait for each other: A -> B -> C -> A.
          Break the cycle: one of them must do without the other's attributes or depends_on.
        unused.yaml:7:3: warning HOT023: Resources wait for each other: Self -> Self.
          Break the cycle: one of them must do without the other's attributes or depends_on.
        """,
        Unused("""
            resources:
              Before: {type: OS::Heat::None, depends_on: C}
              A: {type: OS::Heat::Value, properties: {value: {get_attr: [B, value]}}}
              B: {type: OS::Heat::None, depends_on: [C]}
              C: {type: OS::Heat::Value, properties: {value: {get_resource: A}}}
              Self: {type: OS::Heat::Value, properties: {value: {get_attr: [Self, value]}}}
            """));

    [Fact]
    public void Arms_that_exclude_each_other_are_no_cycle() => Expect(
        "",
        Unused("""
            conditions: {first: true}
            resources:
              A: {type: OS::Heat::Value, properties: {value: {if: [first, 1, {get_attr: [B, value]}]}}}
              B: {type: OS::Heat::Value, properties: {value: {if: [first, {get_attr: [A, value]}, 1]}}}
            """));

    [Fact]
    public void What_is_wrong_in_a_template_nobody_uses_is_a_warning() => Expect(
        """
        broken.yaml:1:1: warning HOT002: This is not a HOT template: heat_template_version is missing.
          Begin it with a line such as 'heat_template_version: rocky'.
        unused.yaml:2:1: warning HOT003: 'resource' is not a key of a template.
          Did you mean 'resources'?
        """,
        StackFixture.Of(Head).With("unused.yaml", Head + "resource: {}\n").With("broken.yaml", "a: b\n")
            .Environment("resource_registry: {'T::Unused': unused.yaml, 'T::Broken': broken.yaml}"));

    [Fact]
    public void What_the_resolution_found_is_said_once_and_as_an_error() => Expect(
        """
        main.yaml:3:13: error HOT020: The resource type 'T::Nothing' stands for nothing.
          in undercloud > A
          Map it in the resource_registry of an environment.
        main.yaml:4:3: error HOT023: Resources wait for each other: B -> C -> B.
          in undercloud
          Break the cycle: one of them must do without the other's attributes or depends_on.
        main.yaml:8:15: error HOT012: get_param: the parameter 'P' is not declared in main.yaml.
          in undercloud
          Known are OS::stack_name, OS::stack_id, OS::project_id.
        main.yaml:9:15: error HOT022: get_attr: OS::Heat::Value has no attribute 'x'.
          in undercloud
          Its attribute is 'value'.
        """,
        Root("""
            resources:
              A: {type: T::Nothing}
              B: {type: OS::Heat::None, depends_on: C}
              C: {type: OS::Heat::None, depends_on: B}
              V: {type: OS::Heat::Value, properties: {value: 1}}
            outputs:
              p: {value: {get_param: P}}
              x: {value: {get_attr: [V, x]}}
            """));

    [Fact]
    public void Templates_that_name_each_other_come_to_an_end() => Expect(
        """
        a.yaml:3:23: warning HOT022: get_attr: the resource 'B' (b.yaml) has no attribute 'x'.
        """,
        StackFixture.Of(Head).With("a.yaml", Head + "resources: {B: {type: b.yaml}}\noutputs: {y: {value: {get_attr: [B, resource.A.resource.B.x]}}}\n")
            .With("b.yaml", Head + "resources: {A: {type: a.yaml}}\n").Environment("resource_registry: {'T::A': a.yaml}"));
}
