using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <content>Deletion and update policies; source: Heat 19, heat/engine/resource.py.</content>
internal abstract partial class Resource
{
    /// <summary>Whether this kind of resource supports the deletion policy Snapshot.</summary>
    protected virtual bool TakesSnapshots => false;

    /// <summary>The valid keys of an update policy, mostly none; null when the policy is not checked.</summary>
    protected virtual ImmutableArray<PropertySchema>? UpdatePolicySchema => [];

    private bool HasRightPolicies()
    {
        if (Declaration.DeletionPolicy is not null)
        {
            if (OwnDeletionPolicy() is not { } policy)
                return false;
            if (policy is StringValue { Text: DeletionPolicy.Snapshot } && !TakesSnapshots)
                return Refuse(Declaration.DeletionPolicy, "HOT025", $"{Declaration.Type} cannot have the deletion_policy {policy}.");
        }

        if (Declaration.ExternalId is { } id)
        {
            if (id.Resolve(Stack) is not { } external)
                return false;
            if (!Declaration.DependsOn.IsEmpty && !PythonTruth.IsFalse(external))
                return Refuse(id, "HOT025", "A resource with an external_id cannot depend on others.");
        }

        return Declaration.UpdatePolicy is not { } update || UpdatePolicySchema is not { } schema || HasRightUpdatePolicy(update, schema);
    }

    private bool HasRightUpdatePolicy(Expression expression, ImmutableArray<PropertySchema> schema)
    {
        if (expression.Resolve(Stack) is not { } value)
            return false;
        var given = value as MapValue ?? MapValue.Empty;
        if (given.Keys.FirstOrDefault(key => schema.All(policy => policy.Name != key)) is { } unknown)
            return Refuse(expression, "HOT015", $"unknown policy '{unknown}': {Declaration.Type} has none of that name.", Suggestion.For(unknown, [.. schema.Select(policy => policy.Name)]));
        foreach (var policy in schema)
        {
            if (given[policy.Name] is { } own && PropertyConversion.Convert(policy, own) is (null, var problem))
                return Refuse(expression, "HOT025", $"The policy '{policy.Name}' of {Declaration.Type} {problem}.");
        }

        return true;
    }

    // A literal name is validated when the template is read; a function may return any.
    private Value? OwnDeletionPolicy()
    {
        var expression = Declaration.DeletionPolicy!;
        if (expression.Resolve(Stack) is not { } value)
            return null;
        if (value is NullValue)
            return DeletionPolicy.Delete;
        if (value is StringValue name && DeletionPolicy.Of(name.Text, Stack.Template.Version) is { } known)
            return known;
        Refuse(expression, "HOT025", $"There is no deletion_policy {value}.");
        return null;
    }

    private bool Refuse(Expression expression, string code, string message, string? remedy = null)
    {
        Resolution.Error(expression.Span, code, message, remedy);
        return false;
    }
}
