using System.Text.Json;
using AutoMapper;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Api.Mapping;

/// <summary>Prompt templates as they are answered.</summary>
internal sealed class TemplateProfile : Profile
{
    public TemplateProfile()
    {
        CreateMap<PromptTemplate, TemplateResponse>()
            .ForMember(response => response.Id, from => from.MapFrom(template => template.Id.Value))
            .ForMember(response => response.LabelType, from => from.MapFrom(template => template.LabelType.Value))
            .ForMember(response => response.OutputSchema, from => from.MapFrom(template => Parse(template.OutputSchema)));
        CreateMap<TemplateVersion, TemplateVersionResponse>()
            .ForMember(response => response.Version, from => from.MapFrom(version => version.Template.Version))
            .ForMember(response => response.Status, from => from.MapFrom(version => version.Template.Status))
            .ForMember(response => response.PublishedBy, from => from.MapFrom(version => version.Published == null ? null : version.Published.By))
            .ForMember(response => response.PublishedAt, from => from.MapFrom(version => version.Published == null ? (DateTimeOffset?)null : version.Published.At));
    }

    private static JsonElement? Parse(string? schema) => schema is null ? null : JsonElement.Parse(schema);
}
