using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Cli.Output;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template show</c>: what one service resolves to: its template, its parameters with their origin, its outputs.</summary>
public static class TemplateShowCommand
{
    private const string ChainSuffix = "ServiceChain";

    public static Command Create(Composition composition)
    {
        var options = new TemplateOptions();
        var service = new Argument<string>("service")
        {
            Description = "The service: a resource type, its last part in any case, or a resource's path such as undercloud/ServiceChain/0.",
            HelpName = "SERVICE",
        };
        var role = new Option<string?>("--role") { Description = "The role, when several have the service.", HelpName = "ROLE" };
        var output = new Option<string?>("--output") { Description = "Print only this output.", HelpName = "NAME" };
        var key = new Option<string?>("--key") { Description = "Print only this key of the output, e.g. config_settings.", HelpName = "KEY" };
        var secrets = new Option<bool>("--show-secrets") { Description = "Show passwords instead of ***." };
        var format = CommonOptions.DataFormat();
        var command = new Command("show", "Show what a service resolves to: template, parameters and where their values come from, role data.")
        {
            service, role, output, key, secrets, format,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var findings = new DiagnosticBag();
            var chosen = await options.Choice(parsed).OpenAsync(composition, findings, stop);
            if (chosen is null || findings.HasErrors)
                return TemplateFindings.Fail(findings.All);
            var result = StackResolver.Resolve(chosen.Request);
            if (Find(chosen, result, parsed.GetValue(service)!, parsed.GetValue(role)) is not { } resource)
                return ExitCodes.ChecksFailed;
            var view = new ServiceView(resource, TypeMapping.Of(chosen.Environment, resource.Type), parsed.GetValue(secrets) ? ValueMask.None : new(result.HiddenValues));
            return view.Print(parsed.GetValue(output), parsed.GetValue(key), parsed.GetValue(format)!, result);
        });
        return command;
    }

    // The one resource that the name means; null after the reason has been printed.
    private static ResolvedResource? Find(ChosenStack chosen, StackResult result, string name, string? role)
    {
        if (result.Tree is not { } tree)
        {
            TemplateFindings.Fail(TemplateFindings.Of(result));
            return null;
        }

        var found = ResourceSearch.Find(tree.Value, name, ServiceView.TypePrefix);
        if (found.IsEmpty)
            found = ByAlias(chosen, tree.Value, name);
        var ofRole = role is null ? found : [.. found.Where(resource => resource.Path.Any(part => part == role || part == role + ChainSuffix))];
        switch (ofRole)
        {
            case [var only]:
                return only;
            case []:
                ServiceView.TellErrors(result);
                Console.Error.WriteLine(found.IsEmpty ? Unknown(chosen, tree.Value, name) : $"The role '{role}' has no service '{name}'. {Places(found)}");
                return null;
            default:
                Console.Error.WriteLine($"'{name}' means several resources. Choose one with --role, or by its path. {Places(ofRole)}");
                return null;
        }
    }

    // Services that are mapped to the named one through another type: OS::TripleO::Services::Timesync for Chrony.
    private static ImmutableArray<ResolvedResource> ByAlias(ChosenStack chosen, ResolvedResource tree, string name)
    {
        var types = tree.All().Select(resource => resource.Type).Distinct(StringComparer.Ordinal)
            .Where(type => TypeMapping.Of(chosen.Environment, type).Chain.Any(step => step == name || string.Equals(step, ServiceView.TypePrefix + name, StringComparison.OrdinalIgnoreCase)))
            .ToHashSet(StringComparer.Ordinal);
        return [.. tree.All().Where(resource => types.Contains(resource.Type))];
    }

    private static string Unknown(ChosenStack chosen, ResolvedResource tree, string name)
    {
        var mapped = chosen.Environment.Registry.Types.FirstOrDefault(type =>
            type == name || string.Equals(type, ServiceView.TypePrefix + name, StringComparison.OrdinalIgnoreCase));
        if (mapped is not null && TypeMapping.Of(chosen.Environment, mapped) is var mapping)
        {
            var target = mapping.Template ?? (mapping.Chain.IsEmpty ? "nothing" : mapping.Chain[^1]);
            return $"{mapped} is mapped to {target}, but nothing in this stack uses it. Add it to a role's services.";
        }

        var near = ResourceSearch.Near(tree, name);
        return $"There is no service '{name}' in this stack. {(near.IsEmpty ? "See `undercloud template list`." : $"Did you mean {string.Join(", ", near)}?")}";
    }

    private static string Places(ImmutableArray<ResolvedResource> resources) =>
        $"There are: {string.Join(", ", resources.Select(resource => $"{ResourceSearch.PathOf(resource)} (role {RoleOf(resource)})"))}.";

    private static string RoleOf(ResolvedResource resource) =>
        resource.Path.Skip(1).FirstOrDefault(part => part.EndsWith(ChainSuffix, StringComparison.Ordinal) && part != ChainSuffix)?[..^ChainSuffix.Length]
        ?? (resource.Path.Length > 1 ? resource.Path[1] : resource.Path[0]);
}
