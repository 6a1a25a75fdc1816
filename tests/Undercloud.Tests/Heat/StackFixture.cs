using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

/// <summary>A tree of templates in memory; the stack under test is main.yaml with environment.yaml where there is one.</summary>
internal sealed class StackFixture
{
    private readonly Dictionary<string, string> _files = [];

    public StackFixture(string main) => _files["main.yaml"] = main;

    public static StackFixture Of(string main) => new(main);

    /// <summary>One output named result of the newest version.</summary>
    public static StackFixture Expression(string yaml, string version = "rocky", string rest = "") =>
        new($"heat_template_version: {version}\n{rest}\noutputs:\n  result:\n    value: {yaml}\n");

    public StackFixture With(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public StackFixture Environment(string text) => With("environment.yaml", text);

    public StackResult Resolve(string? parameters = null) => StackResolver.Resolve(Request(parameters));

    /// <summary>All findings of an analysis as they are shown, in their order.</summary>
    public string Analysis()
    {
        var request = Request(null);
        return string.Join('\n', TemplateAnalysis.Analyse(request, StackResolver.Resolve(request)).Findings);
    }

    private StackRequest Request(string? parameters)
    {
        var files = new InMemoryFiles(_files);
        var findings = new DiagnosticBag();
        var environment = _files.ContainsKey("environment.yaml") ? HeatEnvironment.Read(["environment.yaml"], files, findings) : HeatEnvironment.Empty;
        Assert.Empty(findings.All);
        return new()
        {
            Name = "undercloud",
            TemplatePath = "main.yaml",
            Files = files,
            Environment = environment,
            Parameters = parameters is null ? MapValue.Empty : (MapValue)CanonicalJson.Read(parameters),
        };
    }

    /// <summary>The outputs as canonical JSON; there must be no finding.</summary>
    public string Outputs(string? parameters = null)
    {
        var result = Resolve(parameters);
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        return CanonicalJson.Write(result.Outputs);
    }

    /// <summary>The output named result as canonical JSON; there must be no finding.</summary>
    public string Result(string? parameters = null)
    {
        var result = Resolve(parameters);
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        return CanonicalJson.Write(result.Outputs["result"]!);
    }

    /// <summary>All findings as they are shown.</summary>
    public string Findings(string? parameters = null) => string.Join('\n', Resolve(parameters).Diagnostics);
}
