using System.CommandLine;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.Configuration;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli;

/// <summary>Carries verbs out and turns what becomes of them into messages and an exit code, the same way for all.</summary>
internal sealed class VerbRunner(CliOutput output, ConfigurationOverrides overrides, AddAdapters addAdapters)
{
    private const string Unexpected = "internal_error";

    private bool _traces;

    /// <summary>Answers a program rather than a person.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON: the result to standard output, a refusal to standard error." };

    /// <summary>Where to write.</summary>
    public CliOutput Output => output;

    /// <summary>Commands to run next.</summary>
    public CommandHint Hint { get; } = CommandHint.OfProcess(overrides);

    /// <summary>Makes <paramref name="command"/> do <paramref name="verb"/>, whose answer is the exit code.</summary>
    public void Bind(Command command, Func<ParseResult, CancellationToken, Task<int>> verb)
    {
        command.Options.Add(Json);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                return await verb(arguments, cancellationToken);
            }
            catch (Exception e)
            {
                var (code, refusal) = Judge(e, cancellationToken);
                if (refusal.Code is Unexpected && _traces) output.Say(e.ToString());
                refusal.WriteTo(output, arguments.GetValue(Json));
                return code;
            }
        });
    }

    /// <summary>Opens the workspace that the settings name, saying so when that put the sample in.</summary>
    public Task<WorkspaceSession> OpenAsync(CancellationToken cancellationToken) =>
        OpenAsync((workspace, stop) => workspace.PrepareAsync(stop), cancellationToken);

    /// <summary>Opens the workspace that the settings name as it is, ready or not.</summary>
    public Task<WorkspaceSession> OpenAsItIsAsync(CancellationToken cancellationToken) =>
        OpenAsync((_, _) => Task.FromResult(new WorkspacePreparation(Location: string.Empty, FromVersion: 0, ToVersion: 0, SampleSeeded: false)), cancellationToken);

    /// <summary>Opens the workspace that the settings name, made ready by <paramref name="prepare"/>.</summary>
    public async Task<WorkspaceSession> OpenAsync(Preparing prepare, CancellationToken cancellationToken)
    {
        var configuration = CliConfiguration.Build(AppContext.BaseDirectory, Environment.CurrentDirectory, overrides);
        _traces = configuration["Logging:LogLevel:Default"] is "Debug" or "Trace";
        var session = await WorkspaceSession.OpenAsync(configuration, addAdapters, output, prepare, cancellationToken);
        if (session.Preparation.SampleSeeded) output.Say($"Put the PCB defects sample into the new workspace {session.Preparation.Location}.");
        return session;
    }

    /// <summary>Says why a request is refused.</summary>
    public int Refuse(Error error, ParseResult arguments)
    {
        Refusal.Of(error).WriteTo(output, arguments.GetValue(Json));
        return ExitCode.Of(error);
    }

    private static (int Code, Refusal Refusal) Judge(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OptionsValidationException e => (ExitCode.Refused, Settings(e.Failures)),
        AggregateException { InnerExceptions: var all } when all.All(inner => inner is OptionsValidationException) =>
            (ExitCode.Refused, Settings(all.Cast<OptionsValidationException>().SelectMany(e => e.Failures))),
        InvalidDataException e => (ExitCode.Refused, Settings([e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}"])),
        UpstreamException e => (ExitCode.UpstreamFailed, new Refusal(e.Code, e.Message)),
        OperationCanceledException when cancellationToken.IsCancellationRequested => (ExitCode.Interrupted, new Refusal("cancelled", "Stopped. Nothing is done but what was printed.")),
        _ => (ExitCode.UpstreamFailed, new Refusal(
            Unexpected,
            $"An unexpected fault, {exception.GetType().Name}: {exception.Message} What was done is kept. Run it again with --Logging:LogLevel:Default=Debug and report what it prints.")),
    };

    // Each fault begins with the key it is about.
    private static Refusal Settings(IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        return new Refusal("settings_invalid", string.Join(' ', all), all
            .Select(fault => fault.Split(' ', 2) is [var key, var rest] && key.Contains(':', StringComparison.Ordinal) ? (Key: key.TrimEnd(':'), Message: rest) : (Key: "settings", Message: fault))
            .GroupBy(fault => fault.Key, fault => fault.Message)
            .ToDictionary(group => group.Key, group => group.ToArray()));
    }
}
