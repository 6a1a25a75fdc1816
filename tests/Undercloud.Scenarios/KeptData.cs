namespace Undercloud.Scenarios;

/// <summary>Data in the undercloud of the running scenario that no update, rollback or restore may lose, and newer images to update to.</summary>
public static class KeptData
{
    /// <summary>The revision of Placement's schema before and after the migration that the next image brings.</summary>
    public const string Former = "422ece571366", Next = "0123456789ab";

    /// <summary>The image of Placement, whose next version brings a migration.</summary>
    public const string Migrating = "placement";

    /// <summary>Makes a row in each database, an image and an object with known bytes, and a token.</summary>
    public static void Make()
    {
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
        SandboxHost.Remember("passwords", Passwords());
        SandboxHost.Remember("images", Images());
        Assert.Equal(Former, Revision());
        Check();
    }

    /// <summary>Makes sure that everything is there as it was made, the earlier token included.</summary>
    public static void Check()
    {
        // One program for all requests: each start of the command line client takes seconds of a processor.
        SandboxHost.Bash("""
            set -e
            . stackrc
            rm -f received object
            python3 - <<'.'
            import time
            import openstack

            cloud = openstack.connect()
            cloud.identity.find_project('kept', ignore_missing=False)
            cloud.network.find_network('kept', ignore_missing=False)
            cloud.baremetal.get_node('kept')
            cloud.image.download_image(cloud.image.find_image('kept', ignore_missing=False), output='received')
            with open('object', 'wb') as file:
                file.write(cloud.object_store.download_object('sent', container='kept'))
            stack = cloud.orchestration.find_stack('kept', ignore_missing=False)
            cloud.orchestration.post(f'/stacks/{stack.name}/{stack.id}/actions', json={'check': None}).raise_for_status()
            for _ in range(60):
                status = cloud.orchestration.get_stack(stack.id).status
                if status != 'CHECK_IN_PROGRESS':
                    break
                time.sleep(1)
            assert status == 'CHECK_COMPLETE', status
            .
            cmp sent received
            cmp sent object
            code=$(curl --silent --output /dev/null --write-out '%{http_code}' -H "X-Auth-Token: $(cat token)" "$OS_AUTH_URL/v3/projects")
            [ "$code" = 200 ]
            undercloud status >/dev/null
            """).Expect();
        Assert.Equal(SandboxHost.Remembered("passwords"), Passwords());
    }

    /// <summary>Makes sure that the containers run the images of the beginning, with Placement's schema of the beginning, and that nothing is lost.</summary>
    public static void CheckBeginning()
    {
        Assert.Equal(SandboxHost.Remembered("images"), Images());
        Assert.Equal(Former, Revision());
        Check();
    }

    /// <summary>Gives the images of running containers another layer, as newer packages would. A newer image of Placement brings a migration.</summary>
    /// <param name="only">The image to renew; all images unless given.</param>
    public static void RenewImages(string only = "*") => SandboxHost.Bash($$$"""
        set -e
        for image in $(podman ps --all --format '{{.Image}}' | sed 's/-[0-9a-f]\{12\}$//' | sort -u); do
            case $image in
                */{{{Migrating}}}:*) extra="RUN printf 'import sqlalchemy as sa\nfrom alembic import op\nrevision = \"{{{Next}}}\"\ndown_revision = \"{{{Former}}}\"\ndef upgrade():\n    op.add_column(\"traits\", sa.Column(\"next\", sa.Integer()))\n' > /usr/lib/python3/dist-packages/placement/db/sqlalchemy/alembic/versions/{{{Next}}}_next.py" ;;
                *) extra= ;;
            esac
            case $image in
                */{{{only}}}:*) printf '%s\n' "FROM $image" 'LABEL next=1' "$extra" | podman build --quiet --tag "$image" - >/dev/null ;;
            esac
        done
        """).Expect();

    /// <summary>The revision of Placement's schema.</summary>
    public static string Revision() => SandboxHost
        .Bash("podman exec --user root mysql mariadb --socket=/var/lib/mysql/mysql.sock --skip-column-names placement -e 'SELECT version_num FROM alembic_version'").Expect().Output.Trim();

    /// <summary>Each running container with the id of its image.</summary>
    public static string Images() => SandboxHost.Bash("podman ps -q | xargs podman inspect --format '{{.Name}} {{.Image}}' | sort").Expect().Output;

    private static string Passwords() => SandboxHost.Bash("sha256sum ~/tripleo-undercloud-passwords.yaml").Expect().Output;
}
