namespace Undercloud.Config;

/// <summary>An option that only releases before pike had, or that no release read: it has had no effect since.</summary>
/// <param name="Section">Its section.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What became of it, a sentence.</param>
/// <param name="Instead">What to do, a sentence.</param>
public sealed record FormerOption(string Section, string Name, string Reason, string Instead)
{
    private const string TakeOut = "Take the line out.";

    /// <summary>Those that operators' files still contain (source: undercloud.conf.sample of instack-undercloud, liberty to ocata).</summary>
    public static IReadOnlyList<FormerOption> All { get; } =
    [
        new(OsloConfigFile.DefaultSection, "image_path", "It was dropped before pike; whoever uploads images says where they are.", TakeOut),
        new(OsloConfigFile.DefaultSection, "store_events", "It was dropped in pike.", TakeOut),
        new(OsloConfigFile.DefaultSection, "enabled_raid_interfaces", "Interfaces for RAID follow from enabled_hardware_types.",
            "Take the line out, or name the hardware types that bring them."),
        new(OsloConfigFile.DefaultSection, "enable_tuskar", "Tuskar was given up in mitaka.", TakeOut),
        new(KnownOptions.AuthSection, "undercloud_tuskar_password", "Tuskar was given up in mitaka.", TakeOut),
    ];

    /// <summary>The former option of an assignment, or null.</summary>
    public static FormerOption? Of(ConfigEntry entry) =>
        All.FirstOrDefault(former => former.Name == entry.Name && OsloConfigFile.IsSameSection(former.Section, entry.Section));
}
