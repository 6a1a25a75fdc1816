using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks how nodes boot and are inspected: benchmarks need their collector, and ppc64le does not boot with iPXE.</summary>
internal static class InspectionCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (config.IsTrue(HardwareOptions.InspectionRunbench) && config.IsFalse(HardwareOptions.InspectionExtras))
            diagnostics.Error(config[HardwareOptions.InspectionRunbench]!.Location, ConfigCodes.Benchmarks,
                "inspection_runbench is true, but inspection_extras, which runs the benchmarks, is false.",
                "Set inspection_extras = true, or inspection_runbench = false.");
        if (config[HardwareOptions.AdditionalArchitectures] is { } architectures
            && CheckedConfig.Texts(architectures).Contains("ppc64le") && config.IsTrue(HardwareOptions.IpxeEnabled))
            diagnostics.Add(new(architectures.Option.Wrong, ConfigCodes.Architecture,
                "additional_architectures has ppc64le, whose nodes do not boot with iPXE, but ipxe_enabled is true.", architectures.Location,
                "Set ipxe_enabled = false, or take ppc64le out."));
    }
}
