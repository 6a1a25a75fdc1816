using System.Text.Json;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(5e16, "5e+16")]
    [InlineData(1e-7, "1e-07")]
    public void A_float_stays_a_float(double number, string json)
    {
        Assert.Equal(json, CanonicalJson.Write(new FloatValue(number)));
        Assert.Equal(new FloatValue(number), CanonicalJson.Read(json));
    }

    [Theory]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\ud800": 1}""")]
    public void Half_a_character_is_no_JSON(string json) => Assert.Throws<JsonException>(() => CanonicalJson.Read(json));

    [Fact]
    public void Keys_are_in_the_order_of_code_points() =>
        Assert.Equal("{\"a\":1,\"\uffee\":2,\"\\uD83D\\uDE00\":3}", CanonicalJson.Write(new MapValue([new("\U0001f600", 3), new("\uffee", 2), new("a", 1)])));
}
