namespace Undercloud.Tests.Heat;

/// <summary>What people read when their templates are wrong, word for word.</summary>
public sealed class DiagnosticTests
{
    private static void Expect(string findings, StackFixture stack, string? parameters = null) =>
        Assert.Equal(findings.TrimEnd('\n'), stack.Findings(parameters), ignoreLineEndingDifferences: true);

    [Fact]
    public void An_undeclared_parameter_is_named_with_the_nearest_one() => Expect(
        """
        main.yaml:5:17: error HOT012: get_param: the parameter 'DebgLevel' is not declared in main.yaml.
          in undercloud
          Did you mean 'DebugLevel'?
        """,
        StackFixture.Of("""
            heat_template_version: rocky
            parameters: {DebugLevel: {type: string, default: info}}
            outputs:
              level:
                value: {a: {get_param: DebgLevel}}
            """));

    [Fact]
    public void Independent_problems_are_found_at_once_with_the_resources_that_led_there() => Expect(
        """
        service.yaml:6:13: error HOT031: list_join: the items must be strings, maps or lists, not integer 8080.
          in undercloud > Chain > 1
          Use str_replace to make a string of it.
        main.yaml:12:15: error HOT022: get_attr: the resource 'Keystone' (service.yaml) has no attribute 'role_dat'.
          in undercloud
          Did you mean 'role_data'?
        main.yaml:13:15: error HOT021: get_attr: there is no resource 'Chan'.
          in undercloud
          Did you mean 'Chain'?
        main.yaml:14:15: error HOT031: yaql: KeyError: 'b', in the expression '$.data.b'.
          in undercloud
        """,
        StackFixture.Of("""
            heat_template_version: rocky
            resources:
              Chain:
                type: OS::Heat::ResourceChain
                properties:
                  resources: [OS::Heat::None, T::Service]
              Keystone:
                type: service.yaml
            outputs:
              all: {value: {get_attr: [Chain, role_data]}}
              again: {value: {get_attr: [Chain, role_data]}}
              a: {value: {get_attr: [Keystone, role_dat]}}
              b: {value: {get_attr: [Chan, role_data]}}
              c: {value: {yaql: {expression: $.data.b, data: {a: 1}}}}
            """).With("service.yaml", """
            heat_template_version: rocky
            outputs:
              role_data:
                value:
                  url:
                    x: {list_join: [':', [localhost, 8080]]}
            """)
            .Environment("resource_registry: {'T::Service': service.yaml}"));

    [Fact]
    public void Parameters_that_are_missing_unknown_or_wrong_are_told_apart() => Expect(
        """
        error HOT015: unknown parameter 'Extr': main.yaml declares no such parameter.
          in undercloud
          Did you mean 'Extra'?
        environment.yaml:1:22: error HOT013: The value of the parameter 'Count' is wrong: "many" is not a number.
          in undercloud
        main.yaml:4:3: error HOT011: The parameter 'Needed' of main.yaml has no value.
          in undercloud
          Set Needed under parameter_defaults in an environment file.
        main.yaml:5:3: error HOT014: The value of the parameter 'Name' is wrong: "Keystone" does not match the pattern [a-z]+ (lower case only).
          in undercloud
        """,
        StackFixture.Of("""
            heat_template_version: rocky
            parameters:
              Count: {type: number}
              Needed: {type: string}
              Name: {type: string, constraints: [{allowed_pattern: '[a-z]+', description: lower case only}]}
              Extra: {type: string, default: a}
            """).Environment("parameter_defaults: {Count: many}"), """{"Extr": "b", "Name": "Keystone"}""");

    [Fact]
    public void A_cycle_is_named() => Expect(
        """
        main.yaml:3:3: error HOT023: Resources wait for each other: A -> B -> C -> A.
          in undercloud
          Break the cycle: one of them must do without the other's attributes or depends_on.
        """,
        StackFixture.Of("""
            heat_template_version: rocky
            resources:
              A: {type: OS::Heat::Value, properties: {value: {get_attr: [B, value]}}}
              B: {type: OS::Heat::None, depends_on: [C]}
              C: {type: OS::Heat::Value, properties: {value: {get_resource: A}}}
            """));

    [Fact]
    public void A_type_that_stands_for_nothing_is_named_with_the_nearest_one() => Expect(
        """
        main.yaml:3:13: error HOT020: The resource type 'OS::T::Services::Keystne' stands for nothing.
          in undercloud > A
          Did you mean 'OS::T::Services::Keystone'?
        """,
        StackFixture.Of("heat_template_version: rocky\nresources:\n  A: {type: OS::T::Services::Keystne}\n")
            .Environment("resource_registry: {'OS::T::Services::Keystone': OS::Heat::None}"));

    [Fact]
    public void Unknown_sections_and_keys_are_found_with_their_place() => Expect(
        """
        main.yaml:2:1: error HOT003: 'parametrs' is not a key of a template.
          Did you mean 'parameters'?
        main.yaml:6:5: error HOT003: 'propertys' is not a key of a resource.
          Did you mean 'properties'?
        """,
        StackFixture.Of("""
            heat_template_version: rocky
            parametrs: {}
            resources:
              A:
                type: OS::Heat::None
                propertys: {}
            """));

    [Fact]
    public void A_template_that_is_not_instantiated_is_not_judged() => Expect(
        "", StackFixture.Of("heat_template_version: rocky\nresources:\n  A: {type: broken.yaml, condition: false}\n").With("broken.yaml", "{"));

    [Fact]
    public void Broken_yaml_has_its_place() => Expect(
        "main.yaml:3:4: error YAML001: This is not YAML: a key with a value cannot stand here: put text with ': ' in quotes.",
        StackFixture.Of("heat_template_version: rocky\noutputs: a\n  b: c\n"));

    [Fact]
    public void A_missing_template_is_missing_for_the_line_that_maps_a_type_to_it() => Expect(
        "environment.yaml:2:3: error HOT001: There is no template 'mine.yaml'.\n  in undercloud > A",
        StackFixture.Of("heat_template_version: rocky\nresources:\n  A: {type: My::Type}\n").Environment("resource_registry:\n  My::Type: mine.yaml\n"));

    [Fact]
    public void A_duplicate_key_is_a_warning_and_the_last_one_wins()
    {
        var result = StackFixture.Of("heat_template_version: rocky\noutputs:\n  o: {value: 1}\n  o: {value: 2}\n").Resolve();
        Assert.Equal("main.yaml:4:3: warning YAML002: The key 'o' is already there (line 3); this later one wins.", Assert.Single(result.Diagnostics).ToString());
        Assert.False(result.HasErrors);
        Assert.Equal("""{"o":2}""", result.Outputs.ToString());
    }

    [Fact]
    public void Hidden_values_do_not_show_and_are_listed_for_masking()
    {
        var result = StackFixture.Of("""
            heat_template_version: rocky
            parameters:
              Password: {type: string, hidden: true, constraints: [{length: {min: 20}}]}
              Keys: {type: json, hidden: true, default: {a: key-a, b: [key-b, 1]}}
              Number: {type: number, hidden: true, default: word-secret}
              Plain: {type: string, default: plain}
            resources:
              Inner: {type: inner.yaml, properties: {Token: {list_join: ['-', [x, {get_param: Plain}]]}}}
            """).With("inner.yaml", "heat_template_version: rocky\nparameters: {Token: {type: string, hidden: true}}\n").Resolve("""{"Password": "topsecret"}""");
        Assert.Equal(["key-a", "key-b", "topsecret", "word-secret", "x-plain"], result.HiddenValues);
        Assert.DoesNotContain("secret", string.Join('\n', result.Diagnostics.Select(finding => finding.Message)));
        Assert.Equal(2, result.Diagnostics.Length);
    }

    [Fact]
    public void Defaults_that_no_template_declares_are_warned_about_with_the_nearest_name()
    {
        var result = StackFixture.Of("heat_template_version: rocky\nparameters: {DebugLevel: {type: string, default: a}}\n")
            .With("unused.yaml", "heat_template_version: rocky\nparameters: {OnlyThere: {type: string}}\n")
            .Environment("parameter_defaults: {DebgLevel: x, OnlyThere: y}\nresource_registry: {'T::A': unused.yaml}\n").Resolve();
        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            "environment.yaml:1:22: warning HOT016: unused parameter 'DebgLevel': no template declares it.\n  Did you mean 'DebugLevel'?",
            Assert.Single(result.UnusedParameters).ToString());
    }
}
