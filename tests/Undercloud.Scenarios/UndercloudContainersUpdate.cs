namespace Undercloud.Scenarios;

/// <summary>
/// A minor update of a running undercloud: every image is replaced by one with another layer, and the new image of Placement brings a migration of its
/// schema. A run that fails goes back by itself, a run that succeeded goes back by hand, and a backup goes to a fresh host; no row, object or image is lost.
/// </summary>
[Trait("scenario", "undercloud-containers-update")]
[Trait("sandbox", "update")]
public sealed class UndercloudContainersUpdate(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Update = "undercloud update -y --keep-images";
    private const string Revision = "podman exec --user root mysql mariadb --socket=/var/lib/mysql/mysql.sock --skip-column-names placement -e 'SELECT version_num FROM alembic_version'";
    private const string Former = "422ece571366", Next = "0123456789ab";

    [Fact(Explicit = true)]
    public void An_undercloud_with_data() => host.Step(() =>
    {
        Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", .. SandboxHost.ReleaseOption]).Expect();
        SandboxHost.Bash("""
            set -e
            . stackrc
            openstack project create --description kept kept >/dev/null
            head -c 3000000 /dev/urandom > sent
            openstack image create --disk-format raw --container-format bare --file sent kept >/dev/null
            openstack network create kept >/dev/null
            openstack baremetal node create --driver ipmi --name kept >/dev/null
            openstack container create kept >/dev/null
            openstack object create kept sent >/dev/null
            printf 'heat_template_version: wallaby\nresources: {one: {type: OS::Heat::RandomString}}\n' > stack.yaml
            openstack stack create --wait -t stack.yaml kept >/dev/null
            openstack token issue -f value -c id > token
            """).Expect();
        SandboxHost.Remember("passwords", SandboxHost.Bash("sha256sum ~/tripleo-undercloud-passwords.yaml").Expect().Output);
        SandboxHost.Remember("images", Images());
        Assert.Equal(Former, SandboxHost.Bash(Revision).Expect().Output.Trim());
        CheckData();
    });

    [Fact(Explicit = true)]
    public void An_update_without_anything_new_changes_nothing() => host.Step(() =>
    {
        var before = SandboxHost.Containers();
        Assert.Contains("nothing was changed", SandboxHost.Bash(Update).Expect().Error, StringComparison.Ordinal);
        Assert.Equal(before, SandboxHost.Containers());
    });

    [Fact(Explicit = true)]
    public void A_failed_update_goes_back_by_itself() => host.Step(() =>
    {
        SandboxHost.Bash($$$"""
            set -e
            for image in $(podman ps --all --format '{{.Image}}' | sort -u); do
                case $image in
                    */placement:*) extra="RUN printf 'import sqlalchemy as sa\nfrom alembic import op\nrevision = \"{{{Next}}}\"\ndown_revision = \"{{{Former}}}\"\ndef upgrade():\n    op.add_column(\"traits\", sa.Column(\"next\", sa.Integer()))\n' > /usr/lib/python3/dist-packages/placement/db/sqlalchemy/alembic/versions/{{{Next}}}_next.py" ;;
                    *) extra= ;;
                esac
                printf '%s\n' "FROM $image" 'LABEL next=1' "$extra" | podman build --quiet --tag "$image" - >/dev/null
            done
            """).Expect();
        var ran = SandboxHost.Bash($"UNDERCLOUD_FAULT=endpoints:error {Update}").Expect(5);
        Assert.Contains("Rolled back", ran.Error, StringComparison.Ordinal);
        Assert.Contains("The phase Endpoints failed", ran.Error, StringComparison.Ordinal);
        Assert.Equal(SandboxHost.Remembered("images"), Images());
        Assert.Equal(Former, SandboxHost.Bash(Revision).Expect().Output.Trim());
        CheckData();
    });

    [Fact(Explicit = true)]
    public void An_update_replaces_the_containers_and_keeps_the_data() => host.Step(() =>
    {
        var before = SandboxHost.Containers();
        var probed = Prober.During(() => SandboxHost.Bash(Update).Expect());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', probed));
        Assert.True(probed.Count >= 18, string.Join('\n', probed));
        Assert.True(probed.All(endpoint => endpoint is { Failed.Count: 0, Done: > 0, Slowest: < 10 }), string.Join('\n', probed));
        Assert.Empty(before.Intersect(SandboxHost.Containers()));
        Assert.Equal(Next, SandboxHost.Bash(Revision).Expect().Output.Trim());
        CheckData();
        var after = SandboxHost.Containers();
        Assert.Contains("nothing was changed", SandboxHost.Bash(Update).Expect().Error, StringComparison.Ordinal);
        Assert.Equal(after, SandboxHost.Containers());
    });

    [Fact(Explicit = true)]
    public void A_rollback_by_hand_needs_consent_to_lose_data_and_brings_the_former_images_back() => host.Step(() =>
    {
        Assert.Contains("--with-data", SandboxHost.Bash("undercloud rollback -y").Expect(4).Error, StringComparison.Ordinal);
        Assert.Contains("placement", SandboxHost.Bash("undercloud rollback --dry-run").Expect().Output, StringComparison.Ordinal);
        Assert.Equal(Next, SandboxHost.Bash(Revision).Expect().Output.Trim());
        SandboxHost.Bash("undercloud rollback -y --with-data").Expect();
        Assert.Equal(SandboxHost.Remembered("images"), Images());
        Assert.Equal(Former, SandboxHost.Bash(Revision).Expect().Output.Trim());
        CheckData();
    });

    [Fact(Explicit = true)]
    public void A_backup_becomes_the_same_undercloud_on_a_fresh_host() => host.Step(() =>
    {
        string[] kept = ["backup.tar.zst", "sent", "token"];
        SandboxHost.Bash("undercloud backup --output /root/backup.tar.zst && undercloud backup verify /root/backup.tar.zst").Expect();
        var directory = Directory.CreateTempSubdirectory("undercloud-backup-").FullName;
        try
        {
            foreach (var file in kept)
                Shell.Run("podman", "cp", $"undercloud-{SandboxHost.Name}:/root/{file}", directory).Expect();
            Shell.Undercloud("sandbox", "delete", SandboxHost.Name).Expect();
            Shell.Undercloud(["sandbox", "create", SandboxHost.Name, .. SandboxHost.ReleaseOption]).Expect();

            // A dry run copies the tool into the sandbox.
            Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", "--dry-run", .. SandboxHost.ReleaseOption]).Expect();
            foreach (var file in kept)
                Shell.Run("podman", "cp", Path.Combine(directory, file), $"undercloud-{SandboxHost.Name}:/root/{file}").Expect();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Assert.Equal("", SandboxHost.Bash("podman ps -q; ls ~/undercloud.conf").Output.Trim());
        SandboxHost.Bash("undercloud restore /root/backup.tar.zst").Expect();
        CheckData();
        Assert.Contains("undercloud uninstall --purge", SandboxHost.Bash("undercloud restore /root/backup.tar.zst").Expect(4).Error, StringComparison.Ordinal);
    });

    // Each running container with the id of its image.
    private static string Images() => SandboxHost.Bash("podman ps -q | xargs podman inspect --format '{{.Name}} {{.Image}}' | sort").Expect().Output;

    private static void CheckData()
    {
        SandboxHost.Bash("""
            set -e
            . stackrc
            openstack project show kept >/dev/null
            rm -f received object
            openstack image save --file received kept
            cmp sent received
            openstack network show kept >/dev/null
            openstack baremetal node show kept >/dev/null
            openstack object save --file object kept sent
            cmp sent object
            openstack stack check --wait kept >/dev/null
            code=$(curl --silent --output /dev/null --write-out '%{http_code}' -H "X-Auth-Token: $(cat token)" "$OS_AUTH_URL/v3/projects")
            [ "$code" = 200 ]
            undercloud status >/dev/null
            """).Expect();
        Assert.Equal(SandboxHost.Remembered("passwords"), SandboxHost.Bash("sha256sum ~/tripleo-undercloud-passwords.yaml").Expect().Output);
    }
}
