using Undercloud.Deploy.Adoption;

namespace Undercloud.Tests.Adoption;

/// <summary>URLs of databases and queues in configuration files.</summary>
public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("mysql+pymysql://nova:p%40ss@192.168.24.1/nova?charset=utf8", "mysql+pymysql", "nova", "p@ss", "192.168.24.1", "nova")]
    [InlineData("mysql://u:a:b/c@[fd00::1]:3306/db", "mysql", "u", "a:b/c", "fd00::1", "db")]
    [InlineData("mysql+pymysql://heat@localhost/heat", "mysql+pymysql", "heat", "", "localhost", "heat")]
    [InlineData("rabbit://openstack:pw@host:5672/", "rabbit", "openstack", "pw", "host", "")]
    [InlineData("rabbit://one:pw@a:5672,two:other@b:5672/vhost", "rabbit", "one", "pw", "a", "vhost")]
    [InlineData("rabbit://guest:guest@127.0.0.1", "rabbit", "guest", "guest", "127.0.0.1", "")]
    [InlineData("sqlite:////var/lib/keystone/keystone.sqlite", "sqlite", "", "", "", "/var/lib/keystone/keystone.sqlite")]
    public void A_URL_is_read_as_SQLAlchemy_reads_it(string text, string scheme, string user, string password, string host, string name) =>
        Assert.Equal(new(scheme, user, password, host, name), DatabaseUrl.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("localhost/keystone")]
    [InlineData("mysql:keystone")]
    [InlineData("mysql://user:p@ss@host/keystone")]
    public void Another_text_is_none(string text) => Assert.Null(DatabaseUrl.Parse(text));
}
