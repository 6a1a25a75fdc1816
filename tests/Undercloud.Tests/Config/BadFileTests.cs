using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

public sealed class BadFileTests
{
    [Fact]
    public void A_very_bad_file_gets_all_its_findings_at_once()
    {
        var diagnostics = new DiagnosticBag();
        UndercloudConfig.Read(
            """
            undercloud_debug = maybe
            [DEFAULT
            local_ipp = 10.0.0.1/24
            local_ip = 10.0.0.1/24  # the control plane
              = 3
            local_mtu = 900
            local_mtu = 70000
            local_interface = a-very-long-interface
            undercloud_hostname = undercloud
            just text
              and more
            # a comment
              nobody to continue
            undercloud_public_vip = 192.168.24.7/24
            undercloud_admin_vip = 192.168.24.8
            undercloud_admin_host = 192.168.24.300
            custom_env_files = a.yaml,,$oops.yaml
            undercloud_ntp_servers = good.example.org, bad_example.org
            output_dir = $output_dir/below
            enable_mistral = true
            cidr = 10.0.0.0/24
            [auth]
            undercloud_admin_password = secret
            undercloud_admin_pasword = secret
            [ctlplane_subnet]
            cidr = 10.0.0.0/24
            []
            = nothing
            """, "undercloud.conf", "/home/stack", diagnostics);
        Assert.Equal(
            """
            undercloud.conf:1:1: error CFG002: An option comes before any section.
              Write [DEFAULT] on a line of its own above it.
            undercloud.conf:1:20: error CFG008: undercloud_debug is 'maybe', which is not a boolean.
              Allowed: true, false, yes, no, on, off, 1 or 0.
            undercloud.conf:2:8: error CFG002: The section's name does not end with ']'.
              Write the name in brackets and nothing after them, e.g. [DEFAULT].
            undercloud.conf:3:1: error CFG004: There is no option local_ipp in [DEFAULT].
              Did you mean local_ip?
            undercloud.conf:4:12: error CFG008: local_ip is '10.0.0.1/24  # the control plane\n= 3', which is not an address with a prefix length.
              Allowed: an address with its prefix length, from /1 to /31 in IPv4, /64 in IPv6, e.g. 192.168.24.1/24. An indented line belongs to the value above it.
            undercloud.conf:7:13: warning CFG007: local_mtu is set at lines 6, 7; the last one counts.
              Keep one of them.
            undercloud.conf:7:13: error CFG008: local_mtu is '70000', which is more than 65536.
              Allowed: a whole number from 1000 to 65536.
            undercloud.conf:8:19: error CFG008: local_interface is 'a-very-long-interface', which is longer than 15 characters.
              Allowed: an interface's name of at most 15 characters, e.g. eth1.
            undercloud.conf:9:23: error CFG008: undercloud_hostname is 'undercloud', which is not fully qualified: it has no dot.
              Allowed: a fully qualified name of letters, digits, '-' and at least one dot, at most 64 characters, e.g. undercloud.example.org.
            undercloud.conf:10:1: error CFG002: The line is neither a section, a comment nor an assignment.
              Write it as name = value, or begin it with '#'.
            undercloud.conf:13:3: error CFG002: This line is indented, but there is no value above it to continue.
              Take the blanks at its beginning away; an indented line continues the value of the line above it.
            undercloud.conf:14:25: warning CFG006: undercloud_public_vip is an old name of undercloud_public_host.
              Write undercloud_public_host in its place.
            undercloud.conf:14:25: error CFG008: undercloud_public_vip is '192.168.24.7/24', which has a prefix length.
              Allowed: an IPv4 or IPv6 address without prefix, or a DNS name.
            undercloud.conf:15:24: warning CFG007: undercloud_admin_vip is an old name of undercloud_admin_host, which is set as undercloud_admin_host at line 16; this value has no effect.
              Take this line out.
            undercloud.conf:16:25: error CFG008: undercloud_admin_host is '192.168.24.300', which looks like an address but is none.
              Allowed: an IPv4 or IPv6 address without prefix, or a DNS name.
            undercloud.conf:17:20: error CFG009: $oops.yaml in custom_env_files refers to no option.
              A dollar sign itself is written $$.
            undercloud.conf:18:26: error CFG008: undercloud_ntp_servers is 'good.example.org, bad_example.org', which has the item 'bad_example.org', which has the character '_'.
              Allowed: items separated by commas, each an IPv4 or IPv6 address without prefix, or a DNS name.
            undercloud.conf:19:14: error CFG009: $output_dir in output_dir refers back to output_dir.
              Write the value itself in place of the reference.
            undercloud.conf:20:1: warning CFG005: enable_mistral is known but not supported yet.
              It has no effect.
            undercloud.conf:21:1: error CFG004: There is no option cidr in [DEFAULT].
              It belongs in [ctlplane-subnet].
            undercloud.conf:21:8: error CFG013: gateway (192.168.24.1) and inspection_iprange (192.168.24.100,192.168.24.120) of [ctlplane-subnet] are left at their defaults, which are not in the network 10.0.0.0/24.
              Set gateway = 10.0.0.1 and inspection_iprange = 10.0.0.100,10.0.0.120.
            undercloud.conf:24:1: error CFG004: There is no option undercloud_admin_pasword in [auth].
              Did you mean undercloud_admin_password?
            undercloud.conf:25:1: error CFG003: There is no section [ctlplane_subnet].
              Did you mean [ctlplane-subnet]?
            undercloud.conf:27:1: error CFG002: The section has no name.
              Write the name in brackets, e.g. [DEFAULT].
            undercloud.conf:28:1: error CFG002: There is no name before the value.
              Write the line as name = value.
            """, string.Join('\n', diagnostics.All));
    }
}
