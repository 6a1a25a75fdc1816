using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Gathering;

/// <summary>Reads configuration files from the disk as oslo.config does with --config-file and --config-dir.</summary>
public static class ConfigFiles
{
    private const int LargestFile = 16 << 20;

    /// <summary>One file; its text is null when there is none. What cannot be read as text is reported.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    /// <param name="isNamed">Whether it was asked for by name: then it has to be there, as with oslo.config.</param>
    public static ConfigText Read(string path, DiagnosticBag diagnostics, bool isNamed = false)
    {
        if (Directory.Exists(path))
        {
            diagnostics.Error(new SourceSpan(path, 0, 0), ConfigCodes.Missing, "This is a directory.", "Name a file; --config-dir takes directories.");
            return new(path, "");
        }

        if (!File.Exists(path))
        {
            if (isNamed)
                diagnostics.Error(new SourceSpan(path, 0, 0), ConfigCodes.Missing, "There is no such file.", "Name one that is there, or leave --conf out: ~/undercloud.conf, or the defaults where there is none.");
            return new(path, isNamed ? "" : null);
        }

        try
        {
            return Text(path, diagnostics);
        }
        catch (FileNotFoundException)
        {
            // The runtime says of a link that it exists, wherever it leads.
            diagnostics.Error(new SourceSpan(path, 0, 0), ConfigCodes.Missing, FailureWords.OfBrokenLink(path) ?? "There is no such file.", "Put back what the link points to, or correct the link.");
            return new(path, "");
        }
        catch (UnauthorizedAccessException)
        {
            diagnostics.Error(new SourceSpan(path, 0, 0), ConfigCodes.NotReadable, "This user may not read the file.", "Run this as the user who installs the undercloud, or let this user read it.");
            return new(path, "");
        }
    }

    private static ConfigText Text(string path, DiagnosticBag diagnostics)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[LargestFile + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > LargestFile)
        {
            diagnostics.Error(new SourceSpan(path, 0, 0), ConfigCodes.Syntax, $"The file is larger than {LargestFile >> 20} MiB.",
                "Is it the right file?");
            return new(path, "");
        }

        CheckUtf8(path, bytes.AsSpan(0, length), diagnostics);
        return new(path, Encoding.UTF8.GetString(bytes, 0, length));
    }

    /// <summary>A file, and after it each directory's files *.conf in the order of their names.</summary>
    public static ImmutableArray<ConfigText> Read(string path, IEnumerable<string> directories, DiagnosticBag diagnostics, bool isNamed = false)
    {
        var texts = ImmutableArray.CreateBuilder<ConfigText>();
        texts.Add(Read(path, diagnostics, isNamed));
        foreach (var directory in directories)
        {
            if (Directory.Exists(directory))
                texts.AddRange(FilesOf(directory).Select(file => Read(file, diagnostics)));
            else
                diagnostics.Error(new SourceSpan(directory, 0, 0), ConfigCodes.Missing, FailureWords.OfBrokenLink(directory) is { } broken ? broken : File.Exists(directory) ? "This is a file, not a directory." : "There is no such directory.",
                    "Name a directory that is there, or leave --config-dir out; --conf takes a file.");
        }

        return texts.ToImmutable();
    }

    private static IEnumerable<string> FilesOf(string directory) => Directory.EnumerateFiles(directory, "*.conf")
        .Where(file => !Path.GetFileName(file).StartsWith('.'))
        .Order(StringComparer.Ordinal);

    private static void CheckUtf8(string path, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        if (Utf8.IsValid(bytes))
            return;
        Span<char> chars = stackalloc char[256];
        var at = 0;
        while (Utf8.ToUtf16(bytes[at..], chars, out var read, out _, replaceInvalidSequences: false) != System.Buffers.OperationStatus.InvalidData)
            at += read;
        Utf8.ToUtf16(bytes[at..], chars, out var valid, out _, replaceInvalidSequences: false);
        var before = bytes[..(at + valid)];
        var line = before.Count((byte)'\n') + 1;
        diagnostics.Error(new SourceSpan(path, line, before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1), ConfigCodes.Syntax,
            $"The byte 0x{bytes[before.Length]:x2} is not UTF-8.", "Save the file as UTF-8.");
    }
}
