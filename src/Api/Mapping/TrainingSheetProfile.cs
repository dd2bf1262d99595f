using AutoMapper;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Mapping;

/// <summary>Training sheets as they are answered.</summary>
internal sealed class TrainingSheetProfile : Profile
{
    public TrainingSheetProfile()
    {
        CreateMap<GenerationConfig, GenerationConfigBody>();
        CreateMap<GenerationStatistics, StatisticsResponse>();
        CreateMap<TrainingSheet, TrainingSheetResponse>()
            .ForMember(response => response.Id, from => from.MapFrom(sheet => sheet.Id.Value))
            .ForMember(response => response.TrainingSheetId, from => from.MapFrom(sheet => sheet.Id.Value))
            .ForMember(response => response.Name, from => from.MapFrom(sheet => sheet.State.Name))
            .ForMember(response => response.SheetId, from => from.MapFrom(sheet => sheet.Recipe.Sheet.Id.Value))
            .ForMember(response => response.TemplateId, from => from.MapFrom(sheet => sheet.Recipe.Template.Id.Value))
            .ForMember(response => response.TemplateVersion, from => from.MapFrom(sheet => sheet.Recipe.Template.Version))
            .ForMember(response => response.StatusReason, from => from.MapFrom(sheet => sheet.State.StatusReason))
            .ForMember(response => response.Mode, from => from.MapFrom(sheet => sheet.State.Mode))
            .ForMember(response => response.JobRunId, from => from.MapFrom(sheet => sheet.State.JobRunId))
            .ForMember(response => response.TotalPairs, from => from.MapFrom(sheet => sheet.Tally.Total))
            .ForMember(response => response.LabeledPairs, from => from.MapFrom(sheet => sheet.Tally.Labeled))
            .ForMember(response => response.UnlabeledPairs, from => from.MapFrom(sheet => sheet.Tally.Unlabeled))
            .ForMember(response => response.RejectedPairs, from => from.MapFrom(sheet => sheet.Tally.Rejected))
            .ForMember(response => response.FlaggedPairs, from => from.MapFrom(sheet => sheet.Tally.Flagged))
            .ForMember(response => response.GenerationConfig, from => from.MapFrom(sheet => sheet.Recipe.Config))
            .ForMember(response => response.CreatedAt, from => from.MapFrom(sheet => sheet.State.CreatedAt))
            .ForMember(response => response.CreatedBy, from => from.MapFrom(sheet => sheet.State.CreatedBy))
            .ForMember(response => response.Statistics, from => from.MapFrom(sheet => sheet.State.Statistics));
    }
}
