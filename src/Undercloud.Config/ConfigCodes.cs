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

    /// <summary>An old name is used.</summary>
    public const string Deprecated = "CFG006";

    /// <summary>An option is set more than once, by one name or by its old and its new one.</summary>
    public const string SetTwice = "CFG007";

    /// <summary>A value is not what the option takes.</summary>
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

    /// <summary>A subnet's section leaves an option out that has no default there.</summary>
    public const string MissingOption = "CFG016";

    /// <summary>A range does not begin before it ends.</summary>
    public const string RangeOrder = "CFG017";

    /// <summary>dhcp_start and dhcp_end do not pair up.</summary>
    public const string RangeCount = "CFG018";

    /// <summary>A range holds an address, or part of a range, that is used for something else.</summary>
    public const string RangeOverlap = "CFG019";

    /// <summary>A subnet has no address left to give to nodes.</summary>
    public const string NoAddressLeft = "CFG020";

    /// <summary>Two subnets have addresses in common.</summary>
    public const string SubnetOverlap = "CFG021";

    /// <summary>A subnet is named twice.</summary>
    public const string DuplicateSubnet = "CFG022";

    /// <summary>A subnet has no section.</summary>
    public const string MissingSection = "CFG023";

    /// <summary>A subnet's section is not named in subnets.</summary>
    public const string SectionNotNamed = "CFG024";

    /// <summary>local_subnet is none of the subnets.</summary>
    public const string LocalSubnet = "CFG025";

    /// <summary>Several subnets, without routed networks enabled.</summary>
    public const string RoutedNetworks = "CFG026";

    /// <summary>Addresses that belong together are of IPv4 and of IPv6.</summary>
    public const string Family = "CFG027";

    /// <summary>Some subnets have name servers of their own and some have not.</summary>
    public const string SomeNameservers = "CFG028";

    /// <summary>An IPv6 network is to be masqueraded.</summary>
    public const string Masquerade = "CFG029";

    /// <summary>The MTU is less than IPv6 needs.</summary>
    public const string MtuOfIPv6 = "CFG030";

    /// <summary>The architectures and iPXE do not go together.</summary>
    public const string Architecture = "CFG031";

    /// <summary>Benchmarks are asked for without the collector that runs them.</summary>
    public const string Benchmarks = "CFG032";

    /// <summary>An option has no effect, because another one that it needs is not set so.</summary>
    public const string NeedsAnother = "CFG033";

    /// <summary>An option has no effect, because another one wins over it.</summary>
    public const string Overruled = "CFG034";

    /// <summary>A classic driver is named where there are only hardware types.</summary>
    public const string ClassicDriver = "CFG035";

    /// <summary>The default of a kind of interface is not among the enabled ones.</summary>
    public const string NotEnabled = "CFG036";

    /// <summary>A registry is not written as the container engine reads it.</summary>
    public const string Registry = "CFG037";

    /// <summary>A network is written with an address that is not its first one.</summary>
    public const string HostBits = "CFG038";

    /// <summary>There is no directory of templates.</summary>
    public const string NoTemplates = "CFG050";

    /// <summary>There is no file that an option names, or it is no file of text.</summary>
    public const string NoFile = "CFG051";

    /// <summary>A file does not hold a certificate and its key.</summary>
    public const string NoCertificate = "CFG052";

    /// <summary>An option that a release once had, or that stands where none read it: it is ignored, as ever.</summary>
    public const string Ignored = "CFG053";

    /// <summary>The undercloud has a virtual address that is also the router's.</summary>
    public const string GatewayTaken = "CFG054";

    /// <summary>The undercloud would reach other subnets through itself.</summary>
    public const string OwnGateway = "CFG055";

    /// <summary>A certificate is not in force now, or will not be soon.</summary>
    public const string CertificateDates = "CFG056";

    /// <summary>A certificate is for another host.</summary>
    public const string CertificateHost = "CFG057";

    /// <summary>A file that an option names is empty.</summary>
    public const string EmptyFile = "CFG058";

    /// <summary>A file, or a directory, cannot be read by this user.</summary>
    public const string NotReadable = "CFG059";

    /// <summary>A hardware type or an interface is named that Ironic does not have.</summary>
    public const string NoSuchHardware = "CFG070";

    /// <summary>A plugin, driver, filter or store is named that a service does not have.</summary>
    public const string NoSuchPlugin = "CFG071";

    /// <summary>
    /// Findings about options that do not fit each other, and names that oslo.config passes over: the run can go on in spite of them.
    /// </summary>
    public static ImmutableArray<string> OfValidations { get; } =
    [
        OutsideNetwork, SameAddress, OutsideSubnet, ReservedAddress, PrefixLength, RangeOrder, RangeCount, RangeOverlap, NoAddressLeft, SubnetOverlap,
        RoutedNetworks, Family, SomeNameservers, Masquerade, MtuOfIPv6, Architecture, Benchmarks,
        NotEnabled, UnknownSection, UnknownOption, NoSuchHardware, NoSuchPlugin, CertificateDates, CertificateHost,
    ];
}
