using System.Text;
using TypedSockets.Corpus;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Payloads;

/// <summary>What a peer may send that this end would have written otherwise, and what it may not.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("RenamedValue", """{"urlOfPage":"u","n":1,"ürsprung €":"b"}""", """{"n":1,"ürsprung €":"b","urlOfPage":"u"}""")]
    [InlineData("RenamedValue", """{"\u006e":1,"\u00fcrsprung \u20ac":"b"}""", """{"n":1,"ürsprung €":"b","urlOfPage":""}""")]
    [InlineData("LineValue", """{"ID":1,"Room":"r","WHO":"w","tExT":"t","At":"1970-01-01T00:00:00+00:00"}""", """{"id":1,"room":"r","who":"w","text":"t","at":"1970-01-01T00:00:00+00:00"}""")]
    [InlineData("NullablePoint", """{"x":1,"unknown":{"a":[1,{"b":null}]},"y":2,"x":3}""", """{"x":3,"y":2}""")]
    [InlineData("NullablePoint", """{}""", """{"x":0,"y":0}""")]
    [InlineData("OptionalValue", """{}""", """{"number":null,"text":"none","weather":"Rainy","place":null}""")]
    [InlineData("OptionalValue", """{"weather":"sunny","text":null}""", """{"number":null,"text":null,"weather":"Sunny","place":null}""")]
    [InlineData("OptionalValue", """{"weather":7}""", """{"number":null,"text":"none","weather":"Rainy","place":null}""")]
    [InlineData("WeatherValue", "\"-1\"", "\"Snowy\"")]
    [InlineData("ByWeather", """{"7":1,"99":2}""", """{"Rainy":1,"99":2}""")]
    // What does not come keeps the value of its initializer.
    [InlineData("AnimalValue", """{"name":"c"}""", """{"name":"c","legs":4}""")]
    [InlineData("AnimalValue", """{"legs":0,"name":"c"}""", """{"name":"c","legs":0}""")]
    [InlineData("HatValue", """{"$type":2,"feathers":3}""", """{"$type":2,"size":0,"color":"","feathers":3}""")]
    [InlineData("NumberedValue", """{}""", """{"first":0,"computed":0,"last":""}""")]
    [InlineData("ByPropertyNameValue", """{"number":5}""", """{"number":5,"names":[]}""")]
    [InlineData("InitializedValue", """{"owner":"ada"}""", """{"owner":"ada","names":["first"],"rank":3,"note":"none","seat":{"x":1,"y":2},"level":7}""")]
    [InlineData("InitializedValue", """{"owner":"ada","note":null,"level":0,"names":[],"seat":null}""", """{"owner":"ada","names":[],"rank":3,"note":null,"seat":null,"level":0}""")]
    [InlineData("RenamedValue", """{"n":1,"ürsprung €":"b","secret":"x"}""", """{"n":1,"ürsprung €":"b","urlOfPage":""}""")]
    [InlineData("NumberedValue", """{"first":1,"computed":99,"last":"z","binaryOnly":5,"ignored":"x"}""", """{"first":1,"computed":2,"last":"z"}""")]
    [InlineData("ValueTupleOfTwo", """["ada"]""", """["ada",null]""")]
    [InlineData("ValueTupleOfTwo", """["ada",1,{"more":[]}]""", """["ada",1]""")]
    [InlineData("NoticeValue", """{"kind":"warning","level":3,"text":"a"}""", """{"kind":"warning","text":"a","level":3}""")]
    [InlineData("Grid", "[]", "[]")]
    public void Json_ThatIsWrittenOtherwise_IsRead(string type, string json, string again) => Assert.Equal($"[{again}]", Read(type, json));

    [Theory]
    [InlineData("LineValue", """{"id":1,"room":"r","who":"w","at":"1970-01-01T00:00:00+00:00"}""", "'Line.Text' is missing")]
    [InlineData("LineValue", """{"id":1,"room":null,"who":"w","text":"t","at":"1970-01-01T00:00:00+00:00"}""", "where a string should begin")]
    [InlineData("ShapeValue", """{"radius":1,"$type":0}""", "'IShape' does not begin with its member '$type'")]
    [InlineData("ShapeValue", """{}""", "'IShape' does not begin with its member '$type'")]
    [InlineData("ShapeValue", """{"$type":7,"radius":1}""", "'IShape' has no type of the key")]
    [InlineData("NoticeValue", """{"$type":"notice","text":"a"}""", "'Notice' does not begin with its member 'kind'")]
    [InlineData("NoticeValue", """{"kind":"other","text":"a"}""", "'Notice' has no type of the key")]
    [InlineData("WeatherValue", "\"Foggy\"", "is not one of the names of")]
    [InlineData("ValueTupleOfTwo", "[]", "Item1' is missing")]
    [InlineData("Grid", "[[1],[1,2]]", "have 1 elements, and one has 2")]
    [InlineData("DictionaryValue", """{"a":1,"a":2}""", "A key stands twice")]
    [InlineData("SortedDictionaryValue", """{"a":1,"a":2}""", "A key stands twice")]
    [InlineData("MoneyValue", "\"12\"", "is not an amount of money")]
    [InlineData("ReportValue", "[]", "could not read 2 bytes")]
    [InlineData("Huge", "\"1.5\"", "is not an integer")]
    [InlineData("Int128Value", "\"170141183460469231731687303715884105728\"", "is not an integer of 128 bits")]
    [InlineData("UInt128Value", "\"-1\"", "is not an integer of 128 bits")]
    [InlineData("RuneValue", "\"ab\"", "is not one Unicode scalar value")]
    [InlineData("RuneValue", "\"\"", "is not one Unicode scalar value")]
    [InlineData("VersionValue", "\"1\"", "is not a version")]
    [InlineData("UriValue", "\"http://[\"", "is not a URI")]
    [InlineData("ComplexValue", "[1]", "'Complex.Imaginary' is missing")]
    public void Json_ThatDoesNotFit_IsRefused(string type, string json, string message)
    {
        var exception = Assert.Throws<PayloadException>(() => Read(type, json));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    // An array of one more element than there are members, and of fewer.
    [InlineData("OptionalValue", "9501a16107c0a178", "9401a16107c0")]
    [InlineData("OptionalValue", "9101", "9401a46e6f6e6507c0")]
    // Keys with gaps: what stands in a gap is skipped, and so is what nobody sets.
    [InlineData("NumberedValue", "95a178010792c0c0a17a", "95c0010702a17a")]
    // What does not come keeps the value of its initializer.
    [InlineData("NumberedValue", "91c0", "95c000c000a0")]
    [InlineData("AnimalValue", "91a163", "92a16304")]
    [InlineData("BirdValue", "91a163", "93a16304c2")]
    [InlineData("InitializedValue", "91a3616461", "96a361646191a5666972737403a46e6f6e6592cb3ff0000000000000cb400000000000000007")]
    [InlineData("InitializedValue", "94a36164619005c0", "96a36164619005c092cb3ff0000000000000cb400000000000000007")]
    [InlineData("HatValue", "92019101", "92019201a0")]
    [InlineData("ByPropertyNameValue", "81a64e756d62657205", "82a64e756d62657205a54e616d657390")]
    [InlineData("NamedValue", "83a177a161a178c0aa6964656e74696669657205", "82aa6964656e74696669657205a177a161")]
    [InlineData("NamedValue", "82a24964c0a15701", "82aa6964656e74696669657200a177c0")]
    public void MessagePack_OfAnotherVersion_IsRead(string type, string payload, string again) => Assert.Equal("91" + again, ReadBinary(type, payload));

    [Theory]
    [InlineData("ShapeValue", "9107", "has 2 elements, a key and an object, not 1")]
    [InlineData("ShapeValue", "920790", "'IShape' has no type of the key")]
    [InlineData("InitializedValue", "90", "'Initialized.Owner' is missing")]
    [InlineData("InitializedValue", "92a161c0", "where a list should begin")]
    [InlineData("LineValue", "9101", "'Line.Room' is missing")]
    [InlineData("Grid", "9202039101", "An array of 2 dimensions has 3 values, not 2")]
    [InlineData("Grid", "9302029101", "has 4 elements, and 1 follow")]
    [InlineData("Grid", "93ff019101", "length of an array")]
    [InlineData("Grid", "93ce7fffffff0090", "length of an array")]
    [InlineData("Hypercube", "95ce7fffffffce7fffffffce7fffffffce7fffffff90", "length of an array")]
    [InlineData("RuneValue", "cdd800", "Value '55296' does not fit 'Rune'")]
    public void MessagePack_ThatDoesNotFit_IsRefused(string type, string payload, string message)
    {
        var exception = Assert.Throws<PayloadException>(() => ReadBinary(type, payload));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static string Read(string type, string json) => Encoding.UTF8.GetString(Case(type).Decode(CorpusFormat.Json, Encoding.UTF8.GetBytes($"[{json}]")).Payload);

    private static string ReadBinary(string type, string payload) =>
        Convert.ToHexStringLower(Case(type).Decode(CorpusFormat.MessagePack, Convert.FromHexString("91" + payload)).Payload);

    private static CorpusCase Case(string type) => CorpusCases.All.First(item => item.Name.StartsWith(type + ": ", StringComparison.Ordinal));
}
