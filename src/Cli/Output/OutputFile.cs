using System.Text;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli.Output;

/// <summary>Files that the command line writes.</summary>
internal static class OutputFile
{
    /// <summary>
    /// Writes a file beside <paramref name="path"/> and moves it there once it is complete, so that an interruption leaves what was there before; null, or why it
    /// cannot be written.
    /// </summary>
    public static async Task<Error?> ReplaceAsync(string path, Func<TextWriter, Task> write)
    {
        var partial = $"{path}.{Path.GetRandomFileName()}.partial";
        try
        {
            await using (var writer = new StreamWriter(partial, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Streaming)) await write(writer);
            File.Move(partial, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Error(ErrorKind.Invalid, "file_unwritable", $"The file '{path}' cannot be written: {e.Message}");
        }
        finally
        {
            // Where it was moved there is nothing left to delete.
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    private static FileStreamOptions Streaming => new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 64 * 1024, Options = FileOptions.Asynchronous };
}
