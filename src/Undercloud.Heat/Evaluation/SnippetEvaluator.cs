using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Evaluation;

/// <summary>
/// Evaluates one HOT snippet as Heat would in a stack without resources: parameters are declared and validated first, then all
/// conditions, then the snippet is validated and resolved.
/// </summary>
public static class SnippetEvaluator
{
    /// <summary>The maximum nesting depth of collections in a snippet.</summary>
    public const int DepthLimit = 400;

    public static EvaluationResult Evaluate(EvaluationRequest request)
    {
        var findings = new DiagnosticBag();
        var value = Evaluate(request, findings);
        return new(findings.HasErrors ? null : value, findings.All);
    }

    private static Value? Evaluate(EvaluationRequest request, DiagnosticBag findings)
    {
        if (request.Version is not StringValue { Text: var name } || !HotVersions.ByName.TryGetValue(name, out var version))
        {
            var known = string.Join(", ", HotVersions.ByName.Keys.Order(StringComparer.Ordinal));
            findings.Error(null, "HOT002", $"There is no heat_template_version {request.Version}.", $"Use one of {known}.");
            return null;
        }

        if (Maps(request, findings) is not var (parameters, defaults, files))
            return null;
        if (request.Snippet.Height > DepthLimit || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            findings.Error(null, "HOT024", $"The snippet is nested deeper than {DepthLimit}.");
            return null;
        }

        var declarations = Declarations(request, parameters, version, findings);
        if (findings.HasErrors)
            return null;
        var scope = new SnippetScope(findings, files);
        new SnippetParameters(declarations, parameters, defaults, findings).Fill(scope);
        var parser = new ExpressionParser(version);
        if (!findings.HasErrors && version >= HotVersion.Newton)
            scope.Declare(Conditions(request.Conditions, parser, findings));
        return findings.HasErrors ? null : Resolve(parser.Parse(request.Snippet), scope);
    }

    private static Value? Resolve(Expression snippet, SnippetScope scope) => snippet.Validate(scope) ? snippet.Resolve(scope) : null;

    private static (MapValue Parameters, MapValue Defaults, MapValue Files)? Maps(EvaluationRequest request, DiagnosticBag findings)
    {
        (Value Value, string What)[] maps =
            [(request.Parameters, "parameters"), (request.ParameterDefaults, "parameter_defaults"), (request.Files, "files")];
        foreach (var (value, what) in maps.Where(map => map.Value is not MapValue))
            findings.Error(null, "HOT004", $"{what} must be a map, not {value.TypeName}.");
        return findings.HasErrors ? null : ((MapValue)request.Parameters, (MapValue)request.ParameterDefaults, (MapValue)request.Files);
    }

    private static IReadOnlyDictionary<string, ParameterDeclaration> Declarations(
        EvaluationRequest request, MapValue given, HotVersion version, DiagnosticBag findings)
    {
        var shapes = new YamlShapes(findings, "HOT004", "HOT003");
        var schema = request.Schema ?? SnippetParameters.Declared(given);
        // Heat: an empty section of any kind counts as missing.
        return new ParameterParser(version, shapes).Parse(PythonTruth.IsFalse(schema) ? null : SnippetNodes.Of(schema), MapValue.Empty);
    }

    private static ImmutableArray<KeyValuePair<string, Expression>> Conditions(Value section, ExpressionParser parser, DiagnosticBag findings)
    {
        if (section is not MapValue conditions)
        {
            findings.Error(null, "HOT004", $"conditions must be a map, not {section.TypeName}.");
            return [];
        }

        return [.. conditions.Entries.Select(entry => KeyValuePair.Create(entry.Key, parser.Conditions.Parse(SnippetNodes.Of(entry.Value))))];
    }
}
