using Undercloud.Deploy.Manifests;
namespace Undercloud.Tests.Node;

public class ManifestDefaultsTests
{
    [Fact]
    public void Parts_left_out_of_a_manifest_are_empty()
    {
        var manifest = ManifestJson.ReadManifest("""{"node":"n","files":{"files":[{"path":"/a","uid":0,"gid":0,"mode":"0644","content":"x"}]},"cloud":{"3":{}}}""");
        Assert.Empty(manifest.Network.Interfaces);
        Assert.Empty(manifest.Files.Directories);
        Assert.Equal("regionOne", manifest.Cloud[3].Region);
        Assert.Empty(manifest.Cloud[3].Users);
    }
}
