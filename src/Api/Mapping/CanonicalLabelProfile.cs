using System.Text.Json;
using AutoMapper;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Api.Mapping;

/// <summary>Canonical labels as they are answered.</summary>
internal sealed class CanonicalLabelProfile : Profile
{
    public CanonicalLabelProfile() => CreateMap<CanonicalLabel, CanonicalLabelResponse>()
        .ForMember(response => response.Id, from => from.MapFrom(label => label.Id.Value))
        .ForMember(response => response.SheetId, from => from.MapFrom(label => label.Key.SheetId.Value))
        .ForMember(response => response.ItemRef, from => from.MapFrom(label => label.Key.ItemRef.Value))
        .ForMember(response => response.LabelType, from => from.MapFrom(label => label.Key.LabelType.Value))
        .ForMember(response => response.LabelData, from => from.MapFrom(label => Parse(label.Data)))
        .ForMember(response => response.AllowedUses, from => from.MapFrom(label => UseNames.Of(label.Usage.Allowed)))
        .ForMember(response => response.ProhibitedUses, from => from.MapFrom(label => UseNames.Of(label.Usage.Prohibited)))
        .ForMember(response => response.UsageReason, from => from.MapFrom(label => label.Usage.Reason))
        .ForMember(response => response.DataClassification, from => from.MapFrom(label => label.Usage.Classification));

    private static JsonElement Parse(LabelData data) => JsonElement.Parse(data.Json);
}
