using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>An instance of a template: its parameters, conditions, resources and outputs. It is the scope of its functions.</summary>
internal sealed class Stack : IScope
{
    private readonly Dictionary<string, bool?> _conditions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Resource?> _resources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value?> _outputs = new(StringComparer.Ordinal);
    private readonly Resource? _facade;

    public Stack(
        Resolution resolution, HotTemplate template, string name, ImmutableArray<string> path, ResourceRegistry registry, Resource? facade)
    {
        Resolution = resolution;
        Template = template;
        Name = name;
        Path = path;
        Registry = registry;
        Parameters = new(resolution, template, name);
        _facade = facade;
    }

    public Resolution Resolution { get; }

    public HotTemplate Template { get; }

    public string Name { get; }

    /// <summary>The enclosing resources, the root stack's name first.</summary>
    public ImmutableArray<string> Path { get; }

    public ResourceRegistry Registry { get; }

    public StackParameters Parameters { get; }

    /// <summary>The resources that are being created now, outermost first; a second visit to one of them is a cycle.</summary>
    public List<Resource> Creating { get; } = [];

    /// <summary>Sets the parameters and creates every resource whose condition holds.</summary>
    public void Create(IReadOnlyDictionary<string, GivenValue> given)
    {
        var previous = Resolution.Enter(Path);
        Parameters.Set(given, _facade?.Declaration.Span);
        foreach (var invalid in Template.Conditions.Values.SelectMany(condition => condition.Invalid))
            invalid.Evaluate(this);
        foreach (var declaration in Template.Resources)
        {
            Resolution.Enter(Path.Add(declaration.Name));
            var wanted = declaration.Condition is null ? true : Holds(declaration.Condition);
            _resources[declaration.Name] = wanted == true ? Resource.Of(this, declaration, Path, Name, Registry, null) : null;
            if (wanted is null || (wanted == true && _resources[declaration.Name] is null))
                _broken.Add(declaration.Name);
            if (wanted == true && Parameters.TryGet(declaration.Name, out _))
                Resolution.Error(declaration.Span, "HOT026", $"The resource '{declaration.Name}' has the name of a parameter.", "Rename one of the two.");
        }

        foreach (var resource in _resources.Values)
            resource?.Create();
        Resolution.Enter(previous);
    }

    /// <summary>An output's value; null when it failed or does not exist.</summary>
    public Value? Output(string name)
    {
        if (_outputs.TryGetValue(name, out var value))
            return value;
        if (Template.Outputs.FirstOrDefault(output => output.Name == name) is not { } output)
            return null;
        var previous = Resolution.Enter(Path);
        _outputs[name] = null;
        value = output.Condition is null ? Judged(output.Value)
            : Holds(output.Condition) is not { } holds ? null
            : holds ? Judged(output.Value) : Value.Null;
        Resolution.Enter(previous);
        return _outputs[name] = value;
    }

    /// <summary>The resources that exist, in the order they are written.</summary>
    public IEnumerable<Resource> Resources => _resources.Values.OfType<Resource>();

    /// <summary>A resource by name, or null when there is none.</summary>
    public Resource? Find(string name) => _resources.GetValueOrDefault(name);

    public Value? Parameter(string name, Function asker)
    {
        if (Parameters.TryGet(name, out var value))
            return value;
        return asker.Fail(this, $"the parameter '{name}' is not declared in {Template.Path}.", Suggestion.For(name, Parameters.Names), "HOT012");
    }

    public bool? Condition(string name, Function asker)
    {
        if (Template.Conditions.TryGetValue(name, out var condition))
            return Holds(condition);
        asker.Fail(this, $"there is no condition '{name}'.", Suggestion.For(name, Template.Conditions.Keys), "HOT040");
        return null;
    }

    public Value? Attribute(string resource, string? attribute, ImmutableArray<Value> path, Function asker) =>
        Require(resource, asker) is { } found && found.Create()
            ? attribute is null ? found.AllAttributes(asker) : found.Attribute(attribute, path, asker)
            : null;

    public Value? Reference(string resource, Function asker) =>
        Require(resource, asker) is { } found && found.Create() ? found.Reference() : null;

    public bool HasResource(string name) => Template.Resources.Any(resource => resource.Name == name);

    public Value? File(string path, Function asker)
    {
        var place = TemplatePath.Resolve(asker.Span.Path, path);
        if (Resolution.Request.Files.Read(place) is { } text)
            return text;
        if (Resolution.Request.Files.Failure(place) is not { } failure)
            return asker.Fail(this, $"there is no file '{place}'.", TemplatePath.RemedyOfUrl(place), "HOT001");
        Resolution.Report(failure);
        return null;
    }

    public Value? Facade(string aspect, Function asker) => _facade is null
        ? asker.Fail(this, "this template stands for no resource: it is the root.")
        : _facade.Aspect(aspect);

    public void Report(Diagnostic diagnostic) => Resolution.Report(diagnostic);

    public bool Spend(long amount, Function asker)
    {
        if (Resolution.Spend(amount))
            return true;
        asker.Fail(this, "the templates produce too much data to go on.", code: "HOT024");
        return false;
    }

    // Heat rejects malformed calls also where their values do not matter.
    private Value? Judged(Expression expression) =>
        expression.Resolve(this) is { } value && expression.Validate(this) ? value : null;

    private Resource? Require(string name, Function asker)
    {
        if (_resources.TryGetValue(name, out var resource) && resource is not null)
            return resource;
        if (_broken.Contains(name))
            return null;
        var (message, remedy) = _resources.ContainsKey(name)
            ? ($"the resource '{name}' does not exist: its condition does not hold.", "Put this behind the same condition.")
            : ($"there is no resource '{name}'.", Suggestion.For(name, _resources.Keys));
        asker.Fail(this, message, remedy, "HOT021");
        return null;
    }

    private bool? Holds(ConditionDeclaration condition)
    {
        if (_conditions.TryGetValue(condition.Name, out var known))
            return known;
        if (!_pending.Add(condition.Name))
        {
            Resolution.Error(condition.Span, "HOT040", $"The condition '{condition.Name}' is defined by itself.");
            return _conditions[condition.Name] = null;
        }

        var value = condition.Definition.Resolve(this);
        if (value is not (null or BooleanValue) && condition.Definition is Function)
            Resolution.Error(condition.Definition.Span, "HOT040", $"The condition '{condition.Name}' must be a boolean or a function that gives one.");
        _pending.Remove(condition.Name);
        return _conditions[condition.Name] = (value as BooleanValue)?.Flag;
    }

    // A condition of a resource or an output: a name, a boolean, or a function.
    private bool? Holds(Condition condition)
    {
        switch (condition.Expression.Resolve(this))
        {
            case null:
                return null;
            case NullValue:
                return true;
            case BooleanValue boolean:
                return boolean.Flag;
            case StringValue { Text: var name } when Template.Conditions.TryGetValue(name, out var declared):
                return Holds(declared);
            case var value:
                var remedy = value is StringValue text ? Suggestion.For(text.Text, Template.Conditions.Keys) : null;
                Resolution.Error(condition.Expression.Span, "HOT040", $"There is no condition {value}.", remedy);
                return null;
        }
    }
}
