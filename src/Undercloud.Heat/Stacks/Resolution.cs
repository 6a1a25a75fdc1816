using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>What all stacks of one resolution share: files, templates, findings, limits.</summary>
internal sealed class Resolution
{
    /// <summary>The maximum depth of nested stacks; tripleo's Heat allows ten.</summary>
    public const int DepthLimit = 10;

    /// <summary>The maximum number of resources in the whole tree.</summary>
    public const int ResourceLimit = 50_000;

    private const string AttributeCode = "HOT022";

    // The limit of values, and eighths of characters, that functions may produce in one resolution.
    private const long Allowance = 10_000_000;

    // The codes of unknown resources, attributes that a type does not have, and malformed calls.
    private static readonly HashSet<string> s_judgedUnread = ["HOT021", AttributeCode, "HOT030", "HOT032"];

    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<(string, string, SourceSpan?)> _known = [];
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly List<string> _generated = [];
    private readonly List<Stack> _stacks = [];
    private readonly Dictionary<string, SoftwareConfig> _configs = new(StringComparer.Ordinal);
    private readonly List<SoftwareDeployment> _deployments = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mappings = new(StringComparer.Ordinal);
    private ImmutableArray<string> _place = [];
    private bool _lenient;
    private long _spent;
    private int _resources;

    public Resolution(StackRequest request)
    {
        Request = request;
        Templates = new(this);
    }

    public StackRequest Request { get; }

    public TemplateCache Templates { get; }

    public ImmutableArray<Diagnostic> Diagnostics => [.. _diagnostics];

    public ImmutableArray<string> HiddenValues => [.. _hidden.Order(StringComparer.Ordinal)];

    /// <summary>The strings that Heat would generate at random.</summary>
    public ImmutableArray<string> GeneratedValues => [.. _generated];

    /// <summary>The stored software configurations by id.</summary>
    public IReadOnlyDictionary<string, SoftwareConfig> Configs => _configs;

    /// <summary>The software deployments in the order of their creation.</summary>
    public ImmutableArray<SoftwareDeployment> Deployments => [.. _deployments];

    /// <summary>The keys of the registry that led from a resource's type to its implementation.</summary>
    public IReadOnlySet<string> UsedMappings => _mappings;

    /// <summary>Records the mappings of a resource's type.</summary>
    public void Use(string type, ResourceRegistry registry)
    {
        if (_types.Add(type) && registry.Trace(type, NativeTypes.Has) is { } steps)
            _mappings.UnionWith(steps.Select(step => step.Key));
    }

    /// <summary>Enters a place in the tree of resources and returns the previous one.</summary>
    public ImmutableArray<string> Enter(ImmutableArray<string> place)
    {
        var previous = _place;
        _place = place;
        return previous;
    }

    /// <summary>Reports a finding with the current place. The same finding from another instance of a template is not repeated.</summary>
    public void Report(Diagnostic diagnostic)
    {
        if (_lenient && !s_judgedUnread.Contains(diagnostic.Code))
            diagnostic = diagnostic with { Severity = Severity.Warning };
        if (_known.Add((diagnostic.Code, diagnostic.Message, diagnostic.Location)))
            _diagnostics.Add(diagnostic with { ResourcePath = diagnostic.ResourcePath.IsDefaultOrEmpty ? _place : diagnostic.ResourcePath });
    }

    /// <summary>
    /// Reports something that a group or a template of a resource does not have. Heat notices only when it is read ("heat/engine/function.py"
    /// validates attributes by a type's schema alone).
    /// </summary>
    public void Missing(Function asker, string message, string? remedy) =>
        Report(new(_lenient ? Severity.Warning : Severity.Error, AttributeCode, $"{asker.Name}: {message}", asker.Span, remedy));

    public void Error(SourceSpan? span, string code, string message, string? remedy = null) =>
        Report(new(Severity.Error, code, message, span, remedy));

    /// <summary>Records a nested stack.</summary>
    public void Add(Stack stack) => _stacks.Add(stack);

    /// <summary>Stores a software configuration.</summary>
    public void Add(SoftwareConfig config) => _configs[config.Id] = config;

    /// <summary>Records a software deployment.</summary>
    public void Add(SoftwareDeployment deployment) => _deployments.Add(deployment);

    /// <summary>
    /// Validates the nested stacks' outputs that nothing has read. As in Heat, an output that names something missing is an error
    /// nevertheless; an output that merely has no value is a warning.
    /// </summary>
    public void JudgeUnreadOutputs()
    {
        _lenient = true;
        foreach (var stack in _stacks)
        {
            foreach (var output in stack.Template.Outputs)
                stack.Output(output.Name);
        }

        _lenient = false;
    }

    /// <summary>Evaluates an output that may fail without an error.</summary>
    public Value? Leniently(Func<Value?> output)
    {
        var previous = _lenient;
        _lenient = true;
        var value = output();
        _lenient = previous;
        return value;
    }

    /// <summary>Consumes some of the allowance; false when it is used up.</summary>
    public bool Spend(long amount) => (_spent += amount) <= Allowance;

    /// <summary>Counts a resource; false when there are too many.</summary>
    public bool CountResource() => ++_resources <= ResourceLimit;

    /// <summary>Records a string that Heat would generate at random; it is a secret too.</summary>
    public void Generated(string value)
    {
        _generated.Add(value);
        _hidden.Add(value);
    }

    /// <summary>Records the strings in a secret value.</summary>
    public void Hide(Value value)
    {
        switch (value)
        {
            case StringValue { Text.Length: > 0 } text:
                _hidden.Add(text.Text);
                break;
            case ListValue list:
                foreach (var item in list.Items)
                    Hide(item);
                break;
            case MapValue map:
                foreach (var (_, item) in map.Entries)
                    Hide(item);
                break;
        }
    }
}
