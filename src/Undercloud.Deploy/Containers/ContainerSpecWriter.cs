using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>Writes a container as a start-up configuration, the inverse of <see cref="ContainerSpecReader"/>: reading it back gives an equal container.</summary>
public static class ContainerSpecWriter
{
    /// <summary>The start-up configuration of several containers: a map from name to configuration.</summary>
    public static MapValue Write(IEnumerable<ContainerSpec> specs) =>
        new(specs.OrderBy(spec => spec.Name, StringComparer.Ordinal).Select(spec => KeyValuePair.Create(spec.Name, (Value)Write(spec))));

    /// <summary>The configuration of one container. Default values are omitted.</summary>
    public static MapValue Write(ContainerSpec spec)
    {
        var fields = new SpecificationFields();
        if (spec.Kind == ContainerKind.Exec)
            fields.Add("action", "exec");
        if (spec.Kind == ContainerKind.OneShot)
            fields.AddRaw("detach", false);
        fields.Add("job", spec.Job is { } job ? ContainerJobs.NameOf(job) : null);
        fields.Add("databases", spec.Databases);
        fields.Add("image", spec.Image);
        fields.Add("image_id", spec.ImageId);
        fields.Add("config_hash", spec.ConfigHash);
        fields.Add("start_order", spec.StartOrder == 0 ? null : (long?)spec.StartOrder);
        fields.Add("depends_on", spec.DependsOn);
        if (!spec.ExitCodes.SequenceEqual([0]))
            fields.AddRaw("exit_codes", new ListValue([.. spec.ExitCodes.Select(code => (Value)new IntegerValue(code))]));
        fields.Add("restart", spec.Restart switch
        {
            RestartPolicy.Always => "always",
            RestartPolicy.OnFailure => "on-failure",
            RestartPolicy.UnlessStopped => "unless-stopped",
            _ => null,
        });
        if (spec.Health is { } health)
            fields.AddRaw("healthcheck", Health(health));
        if (spec.Drain is { } drain)
            fields.AddRaw("drain", new MapValue([new("test", drain.Test), new("timeout", new IntegerValue(drain.Timeout))]));
        fields.Add("outlive", spec.Outlive);
        fields.Add("replace_order", spec.ReplaceOrder == ReplaceOrder.StopFirst ? null : ReplaceOrders.NameOf(spec.ReplaceOrder));

        // The fields of the fingerprint have the names of the configuration's keys, except these.
        var rest = ContainerFingerprint.Canonical(spec).Entries.Where(entry => entry.Key != "kind" && !entry.Key.StartsWith("health_", StringComparison.Ordinal));
        return new MapValue([.. fields.ToMap().Entries, .. rest]);
    }

    private static MapValue Health(HealthCheck health) => new(
    [
        new("test", health.Test),
        new("interval", new IntegerValue(health.Interval)),
        new("timeout", new IntegerValue(health.Timeout)),
        new("retries", new IntegerValue(health.Retries)),
        new("start_period", new IntegerValue(health.StartPeriod)),
        new("on_failure", health.Restarts ? "restart" : "none"),
    ]);
}
