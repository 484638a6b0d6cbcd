using System.Reflection;
using TypedSockets.Tool.CommandLine;

namespace TypedSockets.Tool;

/// <summary>The command <c>typedsockets</c>.</summary>
internal static class Program
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int NotUnderstood = 2;

    public static int Main(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    /// <summary>Runs what the command line asks for, and returns the exit code.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            if (arguments.Any(static argument => argument is "-h" or "--help" or "-?"))
            {
                output.Write(Usage.Text);
                return Done;
            }

            switch (arguments)
            {
                case ["typescript", .. var rest]:
                    TypeScriptCommand.Run(CommandOptions.Parse(rest), output, warning => errors.WriteLine($"typedsockets: warning: {warning}"));
                    return Done;
                case ["lock", .. var rest]:
                    LockCommand.Run(CommandOptions.Parse(rest, selects: false), output);
                    return Done;
                case ["--version"]:
                    output.WriteLine(Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]);
                    return Done;
                default:
                    throw new UsageException(arguments.Length == 0 ? "A command is missing." : $"'{arguments[0]}' is no command; there are 'typescript' and 'lock'.");
            }
        }
        catch (UsageException exception)
        {
            errors.WriteLine($"typedsockets: {exception.Message} 'typedsockets --help' tells more.");
            return NotUnderstood;
        }
        catch (ToolException exception)
        {
            errors.WriteLine($"typedsockets: {exception.Message}");
            return Failed;
        }
    }
}
