using Mirion.Generation.Api.Endpoints;
using Mirion.Generation.Api.Hosting;
using Mirion.Generation.Api.Identity;
using Mirion.Generation.Api.Json;
using Mirion.Generation.Api.Mapping;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application;
using Mirion.Generation.Infrastructure;
using Mirion.Generation.Infrastructure.Telemetry;
using Scalar.AspNetCore;

var builder = HostConfiguration.CreateBuilder(args);
builder.AddLogs();
builder.AddQuietStart();

builder.Services.AddApplication();
builder.Services.AddInfrastructure(builder.Configuration);
builder.Services.AddHostedService<WorkspaceStart>();
builder.Services.AddGenerationWorker();
builder.Services.AddTelemetryExport(builder.Configuration, "mirion-generation-api");
builder.Services.AddMetricsEndpoint(metrics => metrics.AddGenerationMeters());

builder.Services.AddCallerIdentity(builder.Configuration);
builder.Services.AddHostNames();
builder.Services.AddCrossOrigin(builder.Configuration);
builder.Services.AddRequestLimits();
builder.Services.AddPromptEnd();
builder.Services.AddProblems();
builder.Services.AddReadModels();
builder.Services.AddApiDocument();
builder.Services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
builder.Services.AddHealthChecks().AddCheck<WorkspaceHealth>("workspace");

var app = builder.Build();

app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseHostNames();
app.UseNoSniff();
app.UseCors();
app.UseCallerIdentity();

app.MapApi();
app.MapHealth();
app.MapMetrics();
app.MapOpenApi();
app.MapScalarApiReference("/scalar");

return await app.RunToExitCodeAsync();
