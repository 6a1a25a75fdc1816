using System.Collections.Immutable;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Templates;

namespace Undercloud.Cli.Commands.Templates;

/// <summary>The choice of a template tree and its inputs.</summary>
/// <param name="Templates">The tree's directory; null for the tool's own collection.</param>
/// <param name="Roles">The roles file; null for the tree's default.</param>
/// <param name="Networks">The networks file; null for the default.</param>
/// <param name="Environments">The environment files; later files win.</param>
/// <param name="Root">The root template; null for the tree's default.</param>
/// <param name="Stack">The stack's name.</param>
internal sealed record TemplateChoice(
    string? Templates, string? Roles, string? Networks, ImmutableArray<string> Environments, string? Root, string Stack)
{
    private const int FewEnvironments = 4;
    private const string UsualRoles = "roles_data.yaml";
    private const string UndercloudRoles = "roles_data_undercloud.yaml";
    private const string UsualNetworks = "network_data.yaml";
    private const string UndercloudTemplate = "undercloud.yaml";
    private const string CollectionRegistry = "resource-registry.yaml";

    /// <summary>undercloud.conf for the tool's own collection; null for the operator's file, or the defaults without one.</summary>
    public string? Conf { get; init; }

    /// <summary>The chosen stack with its tree and roles; null when the tree has errors, which are reported.</summary>
    public async Task<ChosenStack?> OpenAsync(Composition composition, DiagnosticBag diagnostics, CancellationToken stop)
    {
        if (Templates is null && Roles is null && Root is null)
            return await ConfiguredAsync(composition, Conf ?? composition.DefaultConf, diagnostics, stop);
        var root = Templates ?? composition.Tool.Templates;
        var roles = Roles ?? (!Exists(root, UsualRoles) && Exists(root, UndercloudRoles) ? UndercloudRoles : UsualRoles);
        if (await composition.Renderer.RenderAsync(root, roles, Networks ?? UsualNetworks, diagnostics, stop) is not { } tree)
            return null;
        // A tree without Jinja2 files needs neither file, but a named file that does not exist is a mistake.
        foreach (var named in new[] { Roles, Networks }.OfType<string>().Where(named => !Exists(root, named)))
            diagnostics.Error(new(named, 0, 0), "TREE002", $"There is no such file here, nor in {tree.Root}.", "Name the roles file with -r and the networks file with -n.");
        foreach (var named in Environments.Select(tree.Named).Where(named => !tree.IsText(named)))
            diagnostics.Error(new(named, 0, 0), "ENV005", "This file is not UTF-8 text.", "Save it as UTF-8.");
        if (diagnostics.HasErrors)
            return null;
        var known = ReadRoles(tree, roles, diagnostics);
        var template = Root is { } path ? tree.Named(path) : tree.Has(UndercloudTemplate) && !tree.Has("overcloud.yaml") ? UndercloudTemplate : "overcloud.yaml";
        var environment = HeatEnvironment.Read(Environments.Select(tree.Named), tree, diagnostics);
        if (template == UndercloudTemplate && tree.Has(CollectionRegistry))
            environment = Collection(tree, known, diagnostics).With(environment, diagnostics);
        return new(new() { Name = Stack, TemplatePath = template, Files = tree, Environment = environment }, known);
    }

    // The tool's own collection with the values that an installation with this undercloud.conf would give it.
    private async Task<ChosenStack?> ConfiguredAsync(Composition composition, string conf, DiagnosticBag diagnostics, CancellationToken stop)
    {
        try
        {
            if (await composition.ConfiguredStackReader.ReadAsync(conf, isNamed: Conf is not null, composition.Home, diagnostics, stop) is not var (request, roles) || request.Files is not TemplateTree tree)
                return null;
            var environment = request.Environment.With(HeatEnvironment.Read(Environments.Select(tree.Named), tree, diagnostics), diagnostics);
            return diagnostics.HasErrors ? null : new(request with { Name = Stack, Environment = environment }, RolesFile.Read(roles.Text, roles.Path, diagnostics));
        }
        catch (UnauthorizedAccessException exception)
        {
            diagnostics.Error(new(conf, 0, 0), "TREE005", $"A file that this file names cannot be read: {FailureWords.Of(exception)}", "Run this as the user who installs the undercloud.");
            return null;
        }
    }

    /// <summary>The choice as text.</summary>
    public override string ToString() => string.Join(", ", ((string?[])
    [
        Templates ?? "the tool's own templates", Roles is null ? null : $"roles {Roles}",
        Environments.Length <= FewEnvironments ? Listed("environments", Environments) : $"{Environments.Length} environments",
    ]).Where(part => part is not null));

    /// <summary>The differences to <paramref name="first"/> as text.</summary>
    public string Against(TemplateChoice first)
    {
        var (more, fewer) = (Environments.Except(first.Environments).ToList(), first.Environments.Except(Environments).ToList());
        var parts = new[]
        {
            Templates == first.Templates ? null : $"templates {Templates}",
            Roles == first.Roles ? null : $"roles {Roles}",
            Networks == first.Networks ? null : $"networks {Networks}",
            more.Count == 0 ? null : Listed(Templates == first.Templates ? "also environments" : "environments", more),
            fewer.Count == 0 || Templates != first.Templates ? null : Listed("without environments", fewer),
            more.Count + fewer.Count > 0 || Environments.SequenceEqual(first.Environments) ? null : "environments in another order",
        };
        var differing = parts.OfType<string>().ToList();
        return differing.Count == 0 ? "the same" : $"the same, but {string.Join(", ", differing)}";
    }

    private static string Listed(string what, IReadOnlyCollection<string> files) =>
        files.Count == 0 ? $"no {what}" : $"{what} {string.Join(' ', files)}";

    private static bool Exists(string root, string path) => File.Exists(path) || File.Exists(Path.Combine(root, path));

    // A tree without Jinja2 files needs no roles file.
    private static ImmutableArray<NodeRole> ReadRoles(TemplateTree tree, string roles, DiagnosticBag diagnostics)
    {
        var path = File.Exists(roles) ? roles : Path.Combine(tree.Root, roles);
        return File.Exists(path) ? RolesFile.Read(File.ReadAllText(path), path, diagnostics) : [];
    }

    // The installer gives the tool's own collection its registry and role; the template commands read both from the same files.
    private static HeatEnvironment Collection(TemplateTree tree, ImmutableArray<NodeRole> roles, DiagnosticBag diagnostics)
    {
        var registry = HeatEnvironment.Parse(tree.Read(CollectionRegistry)!, CollectionRegistry, diagnostics);
        return roles is not [var role] ? registry : registry.With(
            HeatEnvironment.OfDefaults(new MapValue(
            [
                new("RoleName", role.Name), new("RoleServices", new ListValue([.. role.Services.Select(service => (Value)service)])),
            ])),
            diagnostics);
    }
}
