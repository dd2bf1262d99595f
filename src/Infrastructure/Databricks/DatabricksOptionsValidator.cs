using FluentValidation;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Databricks;

/// <summary>Finds every fault of the options at once; no message repeats a value, which may be a secret.</summary>
internal sealed class DatabricksOptionsValidator : AbstractValidator<DatabricksOptions>
{
    public DatabricksOptionsValidator()
    {
        RuleFor(options => options.Host).Must(host => DatabricksOptions.TryReadHost(host, out _))
            .WithMessage("(or DATABRICKS_HOST) must be the workspace's address, such as https://adb-1234567890.12.azuredatabricks.net.");
        RuleFor(options => options.WarehouseId).Must(BeGiven)
            .WithMessage("(or DATABRICKS_WAREHOUSE_ID) must name the SQL warehouse that statements run on.");
        RuleFor(options => options.Token).Must((options, _) => BeGiven(options.Token) || BeGiven(options.ClientId) || BeGiven(options.ClientSecret))
            .WithMessage("(or DATABRICKS_TOKEN) is missing, and so are ClientId and ClientSecret: give a token, or a service principal.");
        RuleFor(options => options.Token).Must((options, _) => !(BeGiven(options.Token) && BeGiven(options.ClientId) && BeGiven(options.ClientSecret)))
            .WithMessage("stands beside ClientId and ClientSecret: give one way to sign in, not two.");
        RuleFor(options => options.Token).Must(BeHeaderSafe).WithMessage("has characters that cannot stand in an HTTP header.");
        RuleFor(options => options.ClientId).Must(BeGiven).When(options => !BeGiven(options.Token) && BeGiven(options.ClientSecret))
            .WithMessage("(or DATABRICKS_CLIENT_ID) must stand beside ClientSecret.");
        RuleFor(options => options.ClientSecret).Must(BeGiven).When(options => !BeGiven(options.Token) && BeGiven(options.ClientId))
            .WithMessage("(or DATABRICKS_CLIENT_SECRET) must stand beside ClientId.");
        RuleFor(options => options.Catalog).Must(BeAName).WithMessage("must name the catalog of the product's own tables.");
        RuleFor(options => options.Schema).Must(BeAName).WithMessage("must name the schema of the product's own tables.");
        RuleFor(options => options.StagingVolume).Must(volume => volume is not null && VolumePath.Parse(volume).IsSuccess)
            .WithMessage("must be a volume, /Volumes/catalog/schema/volume, that pairs pass through on their way into tables.");
        RuleFor(options => options.JobId).GreaterThan(0).WithMessage("must be the number of the job.");
        RuleFor(options => options.StatementTimeoutSeconds).InclusiveBetween(10, 172_800).WithMessage("must be from 10 to 172800.");
    }

    private static bool BeGiven(string? text) => !string.IsNullOrWhiteSpace(text);

    private static bool BeAName(string? text) => text is not null && TableName.Parse($"{text}.schema.table").IsSuccess;

    private static bool BeHeaderSafe(string? token) => token is null || token.All(c => c is > ' ' and < (char)0x7f);
}
