using Undercloud.Deploy.Images;

namespace Undercloud.Tests.Images;

public sealed class AptTests
{
    private const string Stanzas = """
        # a comment
        Types: deb deb-src
        URIs: http://mirror.example/debian
        Suites: bookworm bookworm-updates bookworm-backports
        Components: main contrib
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        Types: deb
        URIs: https://packages.example/node
        Suites: nodistro
        Components: main

        Enabled: no
        Types: deb
        URIs: http://off.example/debian
        Suites: bookworm
        Components: main
        """;

    [Fact]
    public void Debians_own_sources_are_kept_and_others_left_out() => Assert.Equal(
        """
        Types: deb
        URIs: http://mirror.example/debian
        Suites: bookworm bookworm-updates
        Components: main contrib
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg


        """,
        AptSources.For("bookworm", "bookworm", [("debian.sources", Stanzas), ("cloud.list", "deb https://cloud.example/apt cloud-sdk-bookworm main")]));

    [Fact]
    public void Another_suite_comes_from_the_same_mirror()
    {
        var sources = AptSources.For(
            "trixie",
            "bookworm",
            [("sources.list", "deb [arch=amd64 signed-by=/x] http://mirror.example/debian bookworm main\ndeb http://security.example bookworm-security main # here\n#deb http://no bookworm main")]);
        Assert.Equal(["trixie", "trixie-security"], sources.Split('\n').Where(line => line.StartsWith("Suites: ")).Select(line => line[8..]));
        Assert.Contains("URIs: http://mirror.example/debian\n", sources);
        Assert.DoesNotContain("http://no", sources);
    }

    [Fact]
    public void A_host_without_sources_of_debian_has_none() =>
        Assert.Empty(AptSources.For("bookworm", "trixie", [("other.sources", "Types: deb\nURIs: http://u\nSuites: noble\nComponents: main"), ("empty.list", "")]));

    [Fact]
    public void A_simulated_run_tells_packages_and_versions()
    {
        var resolved = ResolvedPackages.Read(
            """
            Reading package lists...
            Inst libc6 [2.36-9] (2.36-9+deb12u1 Debian:12/stable [amd64])
            Inst adduser (3.134 Debian:12.1/stable [all])
            Conf adduser (3.134 Debian:12.1/stable [all])
            """);
        Assert.Equal(["adduser=3.134", "libc6=2.36-9+deb12u1"], resolved.NameVersions);
        Assert.NotEqual(ResolvedPackages.Read("").Fingerprint(), resolved.Fingerprint());
    }
}
