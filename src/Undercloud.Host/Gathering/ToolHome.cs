namespace Undercloud.Host.Gathering;

/// <summary>Where this tool's own files are: the directory that holds templates/, images/, ansible/ and openstackclient/.</summary>
public sealed record ToolHome(string Path)
{
    public string Templates => System.IO.Path.Combine(Path, "templates");

    public string Images => System.IO.Path.Combine(Path, "images");

    public string Ansible => System.IO.Path.Combine(Path, "ansible");

    public string OpenStackClient => System.IO.Path.Combine(Path, "openstackclient");

    /// <summary>What an operator runs: the launcher of a checkout, or the program itself.</summary>
    public string Launcher => File.Exists(System.IO.Path.Combine(Path, "undercloud")) ? System.IO.Path.Combine(Path, "undercloud") : Program;

    /// <summary>The running program.</summary>
    public static string Program => Environment.ProcessPath ?? throw new InvalidOperationException("This process has no program file.");

    /// <summary>UNDERCLOUD_HOME, which the launcher sets; else the nearest directory above the program that holds templates/ and ansible/.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static ToolHome Find()
    {
        if (Environment.GetEnvironmentVariable("UNDERCLOUD_HOME") is { Length: > 0 } home)
            return new(home);
        for (var directory = System.IO.Path.GetDirectoryName(Program); directory is not null; directory = System.IO.Path.GetDirectoryName(directory))
        {
            if (Directory.Exists(System.IO.Path.Combine(directory, "templates")) && Directory.Exists(System.IO.Path.Combine(directory, "ansible")))
                return new(directory);
        }

        throw new DirectoryNotFoundException(
            $"The tool's templates are not beside {Program}. Run it through the `undercloud` launcher, or set UNDERCLOUD_HOME to its directory.");
    }
}
