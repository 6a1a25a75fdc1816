using Undercloud.Cli.Output;
using Undercloud.Deploy.Adoption;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Adoption;
using Undercloud.Host.Failures;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>
/// <c>undercloud upgrade --inspect</c>: what an upgrade to containers would find on this host and take over. It shows no secret. Exit 3: something prevents the
/// upgrade.
/// </summary>
internal static class AdoptionView
{
    /// <summary>The columns of a part.</summary>
    public static Rows<AdoptedPart> Columns { get; } = new(
        new("kind", "Kind", part => part.Kind),
        new("name", "Name", part => part.Name),
        new("becomes", "Becomes", part => part.Becomes),
        new("from", "From", part => new ListValue([.. part.From.Select(text => (Value)text)])) { Text = part => string.Join("; ", part.From) });

    /// <summary>Prints it.</summary>
    public static async Task<int> RunAsync(Composition composition, RowChoice choice, CancellationToken stop)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InstallException("This command reads the services' configuration files and keys, which only root may do. Run it as root, with HOME set to the home directory of the user who logs in to the undercloud.");
        var host = await new HostInspection(composition.Runner, composition.Home).InspectAsync(stop);
        if (!host.HasServices && choice.IsTable)
        {
            Console.Out.WriteLine("This host has no services of an undercloud from packages.");
            return ExitCodes.Done;
        }

        var adoption = AdoptionReader.Read(host);
        Columns.Write(Console.Out, Parts(adoption), choice);
        foreach (var finding in adoption.Findings)
            Console.Error.WriteLine(finding);
        return adoption.Findings.Any(finding => finding.Severity == Severity.Error) ? ExitCodes.ChecksFailed : ExitCodes.Done;
    }

    /// <summary>The parts of an adoption, services first.</summary>
    public static IReadOnlyList<AdoptedPart> Parts(AdoptedUndercloud adoption) =>
    [
        .. adoption.Services.Select(service => new AdoptedPart("service", service.Service.Title, $"containers {service.Service.Becomes}", [.. service.Units.Select(Text)])),
        .. adoption.Databases.Select(database => new AdoptedPart("database", database.Name, database.Name == database.Becomes ? "kept" : $"database {database.Becomes}", [database.From])),
        .. adoption.Values.Select(value => new AdoptedPart(value.IsSecret ? "secret" : "setting", value.Parameter, value.IsSecret ? "kept" : ((StringValue)value.Value).Text, [value.From])),
    ];

    private static string Text(FoundUnit unit) => $"{unit.Name} ({(unit.IsActive ? "active" : unit.State)})";
}

/// <summary>A part of an undercloud from packages.</summary>
/// <param name="Kind">service, database, secret or setting.</param>
/// <param name="Name">Its name; of a secret or a setting its parameter.</param>
/// <param name="Becomes">What becomes of it.</param>
/// <param name="From">Where it is: the units of a service, or a place in a file.</param>
internal sealed record AdoptedPart(string Kind, string Name, string Becomes, IReadOnlyList<string> From);
