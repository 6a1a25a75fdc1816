using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>The stable codes of the findings about undercloud.conf. A code keeps its meaning; new ones are added at the end.</summary>
public static class ConfigCodes
{
    /// <summary>There is no file; the defaults apply.</summary>
    public const string Missing = "CFG001";

    /// <summary>A line is not oslo.config syntax.</summary>
    public const string Syntax = "CFG002";

    /// <summary>No release knows the section.</summary>
    public const string UnknownSection = "CFG003";

    /// <summary>No release knows the option.</summary>
    public const string UnknownOption = "CFG004";

    /// <summary>The option or section is known but has no effect yet.</summary>
    public const string NotSupported = "CFG005";

    /// <summary>A former name is used.</summary>
    public const string Deprecated = "CFG006";

    /// <summary>An option is set more than once, by one name or by its former and its present one.</summary>
    public const string SetTwice = "CFG007";

    /// <summary>A value does not fit the option's type.</summary>
    public const string WrongValue = "CFG008";

    /// <summary>A $name refers to nothing, or to itself.</summary>
    public const string Reference = "CFG009";

    /// <summary>A host's address is not in the network of local_ip.</summary>
    public const string OutsideNetwork = "CFG010";

    /// <summary>Two options have the same address.</summary>
    public const string SameAddress = "CFG011";

    /// <summary>The option can have no effect; the finding says why and what to do instead.</summary>
    public const string NoEffect = "CFG012";

    /// <summary>An address is not in the network of its subnet.</summary>
    public const string OutsideSubnet = "CFG013";

    /// <summary>An address is the first or the last one of its network, which no host can have.</summary>
    public const string ReservedAddress = "CFG014";

    /// <summary>local_ip and the subnet it is in have different prefix lengths.</summary>
    public const string PrefixLength = "CFG015";

    /// <summary>A subnet's section lacks an option that has no default there.</summary>
    public const string MissingOption = "CFG016";

    /// <summary>A range does not begin before it ends.</summary>
    public const string RangeOrder = "CFG017";

    /// <summary>dhcp_start and dhcp_end have different numbers of addresses.</summary>
    public const string RangeCount = "CFG018";

    /// <summary>A range contains an address, or overlaps a range, that is used for something else.</summary>
    public const string RangeOverlap = "CFG019";

    /// <summary>A subnet has no address left for nodes.</summary>
    public const string NoAddressLeft = "CFG020";

    /// <summary>Two subnets have addresses in common.</summary>
    public const string SubnetOverlap = "CFG021";

    /// <summary>A subnet is listed twice.</summary>
    public const string DuplicateSubnet = "CFG022";

    /// <summary>A subnet has no section.</summary>
    public const string MissingSection = "CFG023";

    /// <summary>A subnet's section is not listed in subnets.</summary>
    public const string SectionNotNamed = "CFG024";

    /// <summary>local_subnet is not one of the subnets.</summary>
    public const string LocalSubnet = "CFG025";

    /// <summary>Several subnets, without routed networks enabled.</summary>
    public const string RoutedNetworks = "CFG026";

    /// <summary>Addresses that must be of one family are of IPv4 and of IPv6.</summary>
    public const string Family = "CFG027";

    /// <summary>Some subnets have name servers of their own and others have none.</summary>
    public const string SomeNameservers = "CFG028";

    /// <summary>An IPv6 network is masqueraded.</summary>
    public const string Masquerade = "CFG029";

    /// <summary>The MTU is less than IPv6 needs.</summary>
    public const string MtuOfIPv6 = "CFG030";

    /// <summary>The architectures contradict iPXE.</summary>
    public const string Architecture = "CFG031";

    /// <summary>Benchmarks are requested without the collector that runs them.</summary>
    public const string Benchmarks = "CFG032";

    /// <summary>An option has no effect, because an option that it needs is off.</summary>
    public const string NeedsAnother = "CFG033";

    /// <summary>An option has no effect, because another one overrides it.</summary>
    public const string Overruled = "CFG034";

    /// <summary>A classic driver is named where there are only hardware types.</summary>
    public const string ClassicDriver = "CFG035";

    /// <summary>The default of a kind of interface is not among the enabled ones.</summary>
    public const string NotEnabled = "CFG036";

    /// <summary>A registry does not have the container engine's format.</summary>
    public const string Registry = "CFG037";

    /// <summary>A network is written with an address that is not its first one.</summary>
    public const string HostBits = "CFG038";

    /// <summary>There is no directory of templates.</summary>
    public const string NoTemplates = "CFG050";

    /// <summary>The file of an option is missing, or is no text file.</summary>
    public const string NoFile = "CFG051";

    /// <summary>A file does not contain a certificate and its key.</summary>
    public const string NoCertificate = "CFG052";

    /// <summary>An option that a release once had, or in a section where none read it: it is ignored, as before.</summary>
    public const string Ignored = "CFG053";

    /// <summary>The undercloud has a virtual address that is also the router's.</summary>
    public const string GatewayTaken = "CFG054";

    /// <summary>The undercloud would reach other subnets through itself.</summary>
    public const string OwnGateway = "CFG055";

    /// <summary>A certificate is not valid now, or will expire soon.</summary>
    public const string CertificateDates = "CFG056";

    /// <summary>A certificate is for another host.</summary>
    public const string CertificateHost = "CFG057";

    /// <summary>The file of an option is empty.</summary>
    public const string EmptyFile = "CFG058";

    /// <summary>A file, or a directory, cannot be read by this user.</summary>
    public const string NotReadable = "CFG059";

    /// <summary>An option names a hardware type or an interface that Ironic does not have.</summary>
    public const string NoSuchHardware = "CFG070";

    /// <summary>An option names a plugin, driver, filter or store that a service does not have.</summary>
    public const string NoSuchPlugin = "CFG071";

    /// <summary>
    /// Findings about contradictory options, and names that oslo.config ignores: the run can continue in spite of them.
    /// </summary>
    public static ImmutableArray<string> OfValidations { get; } =
    [
        OutsideNetwork, SameAddress, OutsideSubnet, ReservedAddress, PrefixLength, RangeOrder, RangeCount, RangeOverlap, NoAddressLeft, SubnetOverlap,
        RoutedNetworks, Family, SomeNameservers, Masquerade, MtuOfIPv6, Architecture, Benchmarks,
        NotEnabled, UnknownSection, UnknownOption, NoSuchHardware, NoSuchPlugin, CertificateDates, CertificateHost,
    ];
}
