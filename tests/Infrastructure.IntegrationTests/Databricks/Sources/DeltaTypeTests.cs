using Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

[TestFixture]
public sealed class DeltaTypeTests
{
    [TestCase("string", "VARCHAR")]
    [TestCase("STRING COLLATE UTF8_LCASE", "VARCHAR")]
    [TestCase("varchar(10)", "VARCHAR")]
    [TestCase("int", "INTEGER")]
    [TestCase("bigint", "BIGINT")]
    [TestCase("decimal(10,2)", "DECIMAL(10,2)")]
    [TestCase("decimal(38, 0)", "DECIMAL(38,0)")]
    [TestCase("timestamp", "TIMESTAMP WITH TIME ZONE")]
    [TestCase("timestamp_ntz", "TIMESTAMP")]
    [TestCase("array<array<decimal(5,1)>>", "DECIMAL(5,1)[][]")]
    [TestCase("struct<a:int,b c:struct<`d:e``f`:array<string>>,v:variant>", "STRUCT(\"a\" INTEGER, \"b c\" STRUCT(\"d:e`f\" VARCHAR[]))")]
    [TestCase("struct<a: int NOT NULL COMMENT 'x', b: date>", "STRUCT(\"a\" INTEGER, \"b\" DATE)")]
    [TestCase("map<string,int>", null)]
    [TestCase("variant", null)]
    [TestCase("binary", null)]
    [TestCase("interval day to second", null)]
    [TestCase("geometry(4326)", null)]
    [TestCase("", null)]
    public void Parse_WhateverUnityCatalogSays_KnowsWhatAFilterSees(string text, string? expected) => Assert.That(DeltaType.Parse(text).DuckDb, Is.EqualTo(expected));

    [TestCase("array", "ARRAY")]
    [TestCase("array<int", "ARRAY")]
    [TestCase("struct<a", "STRUCT")]
    [TestCase("map<string", "MAP")]
    [TestCase("decimal(10", "DECIMAL")]
    public void Parse_WhenTheTextIsCutOff_ComesToAnEnd(string text, string expected) => Assert.That(DeltaType.Parse(text).Name, Is.EqualTo(expected));
}
