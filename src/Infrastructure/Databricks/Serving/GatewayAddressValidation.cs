using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Models;

namespace Mirion.Generation.Infrastructure.Databricks.Serving;

/// <summary>Refuses an address of models that is not the workspace's own: the workspace's token goes with every question.</summary>
/// <param name="workspace">The workspace; asked for when options are checked and not before, as its own faults are told beside these.</param>
internal sealed class GatewayAddressValidation(Lazy<DatabricksOptions> workspace) : IValidateOptions<FoundationModelOptions>
{
    public ValidateOptionsResult Validate(string? name, FoundationModelOptions options)
    {
        if (options.ChosenProvider is not FoundationModelProvider.Databricks || !Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var address)) return ValidateOptionsResult.Skip;
        return Workspace() is not { } own || address.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{FoundationModelOptions.SectionName}:{nameof(options.BaseUrl)} must be an address of the workspace itself, such as https://HOST/ai-gateway/mlflow/v1, since its token is sent there; for another endpoint set Provider to OpenAICompatible.");
    }

    private Uri? Workspace()
    {
        try
        {
            return workspace.Value.Address;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }
}
