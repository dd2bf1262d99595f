using AutoMapper;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Api.Mapping;

/// <summary>Q&amp;A pairs as they are answered.</summary>
internal sealed class QAPairProfile : Profile
{
    public QAPairProfile()
    {
        CreateMap<GenerationMetadata, GenerationMetadataResponse>();
        CreateMap<QAPair, QAPairResponse>()
            .ForMember(response => response.Id, from => from.MapFrom(pair => pair.Id.ToString()))
            .ForMember(response => response.TrainingSheetId, from => from.MapFrom(pair => pair.State.TrainingSheetId.Value))
            .ForMember(response => response.SheetId, from => from.MapFrom(pair => pair.State.SheetId.Value))
            .ForMember(response => response.ItemRef, from => from.MapFrom(pair => pair.State.ItemRef.Value))
            .ForMember(response => response.SequenceNumber, from => from.MapFrom(pair => pair.State.SequenceNumber))
            .ForMember(response => response.Messages, from => from.MapFrom(pair => pair.State.Conversation.Messages))
            .ForMember(response => response.LabelingMode, from => from.MapFrom(pair => pair.State.LabelingMode))
            .ForMember(response => response.CanonicalLabelId, from => from.MapFrom(pair => pair.State.CanonicalLabelId == null ? null : pair.State.CanonicalLabelId.Value))
            .ForMember(response => response.AllowedUses, from => from.MapFrom(pair => UseNames.Of(pair.State.Usage.Allowed)))
            .ForMember(response => response.ProhibitedUses, from => from.MapFrom(pair => UseNames.Of(pair.State.Usage.Prohibited)))
            .ForMember(response => response.ReviewedBy, from => from.MapFrom(pair => pair.State.Decision == null ? null : pair.State.Decision.By))
            .ForMember(response => response.ReviewedAt, from => from.MapFrom(pair => pair.State.Decision == null ? (DateTimeOffset?)null : pair.State.Decision.At))
            .ForMember(response => response.OriginalMessages, from =>
            {
                // A collection that is null would become an empty one.
                from.AllowNull();
                from.MapFrom(pair => pair.State.Original == null ? null : pair.State.Original.Messages);
            })
            .ForMember(response => response.GenerationMetadata, from => from.MapFrom(pair => pair.State.Metadata))
            .ForMember(response => response.CreatedAt, from => from.MapFrom(pair => pair.State.CreatedAt));
    }
}
