using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;

namespace Undercloud.Tests.Cli;

/// <summary>No text of the runtime's reaches the operator: each kind of failure is one of the system's own, and said in our words.</summary>
public sealed class FailureWordsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("undercloud-words-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_directory_is_no_file() => Assert.Equal($"{_directory} is a directory, not a file. Name a file.", Reading(_directory));

    [Fact]
    public void A_file_that_is_not_there() => Assert.Equal($"There is no file {At("none")}. Check the name.", Reading(At("none")));

    [Fact]
    public void A_directory_that_is_not_there() =>
        Assert.Equal($"There is no {At("a/b/c")}: {_directory} has no directory a. Check the name, or create the directory.", Reading(At("a/b/c")));

    [Fact]
    public void A_file_where_a_directory_belongs()
    {
        File.WriteAllText(At("f"), "");
        Assert.Equal($"There is no {At("f/x")}: {At("f")} is a file, not a directory. Check the name.", FailureWords.Of(new DirectoryNotFoundException($"Could not find a part of the path '{At("f/x")}'.")));
    }

    [Fact]
    public void A_link_to_nothing()
    {
        File.CreateSymbolicLink(At("link"), "/nowhere/at/all");
        Assert.Equal($"{At("link")} is a link to /nowhere/at/all, which does not exist. Restore it, or correct the link.", Reading(At("link")));
    }

    [Fact]
    public void A_link_to_a_link_to_nothing_is_a_broken_link_and_a_file_is_none()
    {
        File.CreateSymbolicLink(At("last"), At("gone"));
        File.CreateSymbolicLink(At("first"), "last");
        Assert.Equal($"{At("first")} is a link to {At("gone")}, which does not exist.", FailureWords.OfBrokenLink(At("first")));
        Assert.Null(FailureWords.OfBrokenLink(At("gone")));
        File.WriteAllText(At("gone"), "");
        Assert.Null(FailureWords.OfBrokenLink(At("first")));
    }

    [Fact]
    public void A_link_to_itself()
    {
        File.CreateSymbolicLink(At("circle"), At("circle"));
        Assert.Equal($"{At("circle")} is a link that leads back to itself. Correct it.", Reading(At("circle")));
    }

    [Fact]
    public void A_name_that_is_too_long()
    {
        var said = Reading(At(new string('n', 300)));
        Assert.StartsWith("The name /", said, StringComparison.Ordinal);
        Assert.EndsWith(" is longer than Linux takes: 255 bytes for each part, 4095 for the whole. Choose a shorter one.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_this_user_may_not_read() => Assert.Equal(
        "This user may not read or write /etc/shadow-. Run this as root, or as its owner.",
        FailureWords.Of(new UnauthorizedAccessException("Access to the path '/etc/shadow-' is denied.")));

    [Fact]
    public void A_disk_that_is_full()
    {
        var failure = Assert.ThrowsAny<IOException>(() => File.WriteAllText("/dev/full", "x"));
        Assert.Equal("No space is left on the file system of /dev/full. Free space (`df -h /dev` shows it) and run this again.", FailureWords.Of(failure));
    }

    [Theory]
    [InlineData(30, "The file system of /x/y is read-only. Mount it for writing, or choose another place.")]
    [InlineData(122, "The quota of this user is used up on the file system of /x/y. Free space and run this again.")]
    [InlineData(5, "The disk below /x/y answers with errors (`dmesg` shows them).")]
    public void Other_errors_of_file_systems(int number, string words) => Assert.Equal(words, FailureWords.Of(new IOException("Whatever : '/x/y'", number)));

    [Fact]
    public void Texts_of_our_own_stay_as_they_are() =>
        Assert.Equal("'/x' is damaged. Put it back.", FailureWords.Of(new IOException("'/x' is damaged. Put it back.")));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, "Connection refused: no process listens there")]
    [InlineData(SocketError.HostNotFound, "its name is not known: neither DNS nor /etc/hosts has it")]
    [InlineData(SocketError.TryAgain, "its name cannot be looked up: no name server answers")]
    [InlineData(SocketError.NetworkUnreachable, "there is no route to its address")]
    [InlineData(SocketError.ConnectionReset, "it closed the connection")]
    public void Connections_that_fail(SocketError error, string words) =>
        Assert.Equal(words, FailureWords.OfConnection(new HttpRequestException("x", new SocketException((int)error))));

    [Theory]
    [InlineData("The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch", "its certificate is for another host")]
    [InlineData("The remote certificate is invalid because of errors in the certificate chain: NotTimeValid", "its certificate has expired or is not valid yet")]
    [InlineData("The remote certificate is invalid because of errors in the certificate chain: PartialChain", "no authority that this host trusts signed its certificate")]
    public void Certificates_that_are_not_trusted(string text, string words) =>
        Assert.Equal(words, FailureWords.OfConnection(new HttpRequestException("The SSL connection could not be established, see inner exception.", new AuthenticationException(text))));

    [Theory]
    [InlineData(2, "tool is not installed, or not in the PATH.")]
    [InlineData(2, "ip is not installed, or not in the PATH. Install it: apt-get install iproute2", "ip")]
    [InlineData(13, "tool is not executable for this user.")]
    public void Programs_that_do_not_start(int number, string words, string program = "tool") => Assert.Equal(words, FailureWords.OfStart(new Win32Exception(number), program));

    [Theory]
    [InlineData("{\"a\": [1, 2,]}", "1:13 there is a comma before the closing ']'")]
    [InlineData("{\"a\": 1,\n}", "2:1 there is a comma before the closing '}'")]
    [InlineData("{\"a\": 1", "1:8 it ends before all is closed that it opens")]
    [InlineData("{a: 1}", "1:2 'a' does not belong here")]
    public void Mistakes_in_JSON(string text, string words)
    {
        var mistake = JsonMistake.Of(text, Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text)));
        Assert.StartsWith(words, $"{mistake.Line}:{mistake.Column} {mistake.Why}", StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_directory, name);

    private static string Reading(string path) => FailureWords.Of(Assert.ThrowsAny<SystemException>(() => File.ReadAllText(path)));
}
