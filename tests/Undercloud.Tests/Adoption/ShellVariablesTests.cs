using Undercloud.Deploy.Adoption;

namespace Undercloud.Tests.Adoption;

/// <summary>Files of variables such as ~/stackrc.</summary>
public sealed class ShellVariablesTests
{
    [Theory]
    [InlineData("export A=plain", "plain")]
    [InlineData("A=plain # why", "plain")]
    [InlineData("A=glance#db", "glance#db")]
    [InlineData("A=plain; export A", "plain")]
    [InlineData("  export A='with blank; and #'", "with blank; and #")]
    [InlineData("export A=\"quoted \\\"inner\\\"\"\r\nexport B=2\r\n", "quoted \"inner\"")]
    [InlineData("export A='it'\\''s'", "it's")]
    [InlineData("export A='it''s'\"-so\"", "its-so")]
    [InlineData("export A=\"$HOME\"", null)]
    [InlineData("export A=`hostname`", null)]
    [InlineData("export A=first\nexport A=last", "last")]
    [InlineData("export A=a\\ b", "a b")]
    [InlineData("export A=", "")]
    [InlineData("export A=$(cat /etc/secret)", null)]
    [InlineData("# export A=commented", null)]
    [InlineData("echo A=not", null)]
    public void A_plain_assignment_is_read(string text, string? value) => Assert.Equal(value, ShellVariables.Of(text).GetValueOrDefault("A"));
}
