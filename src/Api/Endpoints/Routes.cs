namespace Mirion.Generation.Api.Endpoints;

/// <summary>Where the API is.</summary>
internal static class Routes
{
    /// <summary>What every path of the API begins with.</summary>
    public const string Base = "/api/v1";

    /// <summary>Maps every module.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Base);
        api.MapSheets();
        api.MapItems();
        api.MapTemplates();
        api.MapCanonicalLabels();
        api.MapGeneration();
        api.MapTrainingSheets();
        api.MapEvents();
        api.MapExport();
        api.MapQAPairs();
        api.MapReview();
        return app;
    }
}
