using System.CommandLine;
using Mirion.Generation.Cli.Configuration;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Cli.Verbs;

namespace Mirion.Generation.Cli;

/// <summary>The command line: what there is, and which verb is meant.</summary>
internal sealed class CliApplication(CliOutput output, AddAdapters addAdapters)
{
    private const string JsonOption = "--json";
    private const string BadArguments = "bad_arguments";

    // Signals are handled by the process, exceptions by the runner; a name may begin with '@'.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Does what <paramref name="args"/> ask for; the answer is the exit code.</summary>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (!ConfigurationOverrides.Split(args).TryGet(out var overrides, out var incomplete))
        {
            Refusal.Of(incomplete).WriteTo(output, args.Contains(JsonOption));
            return ExitCode.Refused;
        }

        var arguments = Describe(new VerbRunner(output, overrides, addAdapters)).Parse(overrides.Rest, Parsing);
        return arguments.Errors.Count > 0
            ? RefuseArguments(arguments)
            : await arguments.InvokeAsync(Invocation(output.Results), cancellationToken);
    }

    private static RootCommand Describe(VerbRunner runner) => new(
        "Makes training sheets: applies a prompt template to a sheet, reuses experts' labels and has a model draft the rest. "
        + "Any setting can be given as --Section:Key=value, such as --Workspace:Local:Path=DIR or --FoundationModel:BaseUrl=URL.")
    {
        GenerateVerb.Create(runner),
        RunVerb.Create(runner),
        EstimateVerb.Create(runner),
        ExportVerb.Create(runner),
        CompareVerb.Create(runner),
        AddVerb.Sheets(runner),
        AddVerb.Templates(runner),
        ImportLabelsVerb.Create(runner),
        MigrateVerb.Create(runner),
        DoctorVerb.Create(runner),
    };

    private int RefuseArguments(ParseResult arguments)
    {
        var faults = arguments.Errors.Select(error => error.Message).Distinct().ToArray();
        if (arguments.Tokens.Any(token => token.Value == JsonOption))
        {
            new Refusal(BadArguments, string.Join(' ', faults)).WriteTo(output, json: true);
            return ExitCode.Refused;
        }

        foreach (var fault in faults) new Refusal(BadArguments, fault).WriteTo(output, json: false);
        output.Messages.WriteLine();
        arguments.CommandResult.Command.Parse(["--help"]).Invoke(Invocation(output.Messages));
        return ExitCode.Refused;
    }

    private InvocationConfiguration Invocation(TextWriter writer) => new()
    {
        Output = writer,
        Error = output.Messages,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}
