using Undercloud.Host.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ProbableCauseTests
{
    [Theory]
    [InlineData("pymysql.err.OperationalError: (1045, \"Access denied for user 'glance'@'192.168.24.1' (using password: YES)\")", "differs from the one in the passwords file")]
    [InlineData("bind(): Address already in use [core/socket.c line 769]", "listens at its port")]
    [InlineData("OSError: [Errno 28] No space left on device: '/var/lib/mysql/x'", "full")]
    [InlineData("amqp.exceptions.AccessRefused: (0, 0): (403) ACCESS_REFUSED - Login was refused", "does not accept its password")]
    [InlineData("ERROR oslo.messaging._drivers.impl_rabbit [-] AMQP server on 192.168.24.1:5672 is unreachable: [Errno 111] ECONNREFUSED", "does not reach the message queue")]
    [InlineData("oslo_config.cfg.ConfigFileValueError: Value for option debug from LocationInfo is not valid", "option in its configuration")]
    public void A_log_speaks_for_its_cause(string line, string cause) => Assert.Contains(cause, ProbableCause.Of(["starting", line, "ending"]));

    [Fact]
    public void A_log_that_says_nothing_known_has_none() => Assert.Null(ProbableCause.Of(["starting", "ending"]));

    [Fact]
    public void A_failure_has_name_log_cause_and_where_to_look() =>
        Assert.Equal(
            "Container 'x' ended.\nThe last lines it wrote:\n  Address already in use\nProbably: Another process listens at its port. See `ss -ltnp`.\nFor more, see: podman logs x",
            ContainerFailure.Of("Container 'x' ended.", ["Address already in use"], "podman logs x").Message);
}
