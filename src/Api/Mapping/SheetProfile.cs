using AutoMapper;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Api.Mapping;

/// <summary>Sheets as they are answered: like the draft that makes them again.</summary>
internal sealed class SheetProfile : Profile
{
    public SheetProfile()
    {
        CreateMap<SheetDraft, SheetResponse>();
        CreateMap<Sheet, SheetResponse>().ConvertUsing((sheet, _, context) => context.Mapper.Map<SheetResponse>(sheet.ToDraft()));
    }
}
