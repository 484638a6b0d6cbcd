namespace TypedSockets.Tool.CommandLine;

/// <summary>What <c>--help</c> says.</summary>
internal static class Usage
{
    public const string Text = """
        Usage: typedsockets typescript <contracts.dll> [options]
               typedsockets lock <contracts.dll> [options]

        typescript  Writes the TypeScript declarations of event contracts, for socket.io-client.
        lock        Writes contracts.lock as the contracts are now: -o contracts.lock, beside their project. From then on the compiler
                    reports what would break the peers that know it.

        The assembly's metadata is read; none of its code runs.

        Options:
          -o, --output <file>        The file to write, such as chat.d.ts. Without it, or with '-', the standard output.
          -c, --contract <name>      typescript: only this contract, its interface (IChatServer) or its namespace (/chat). May be given more than once.
          -r, --reference <path>     A file or folder of assemblies that the contracts refer to, where they are found neither beside the contracts nor
                                     among the packages these were built with. May be given more than once.
          -h, --help                 This text.
              --version              The version.

        Comments in TypeScript come from the .xml file beside the assembly (GenerateDocumentationFile in its project).
        Exit codes: 0 written, 1 not written, 2 the command line is not understood.

        """;
}
