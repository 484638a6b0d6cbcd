using System.Reflection;
using TypedSockets.Tool.Metadata;

namespace TypedSockets.Tool.Payloads;

/// <summary>The attributes of other serializers that say how a type travels, by full name; the source generator goes by the same.</summary>
internal static class PayloadAttributes
{
    public const string MessagePackObject = "MessagePack.MessagePackObjectAttribute";
    public const string MessagePackUnion = "MessagePack.UnionAttribute";
    public const string JsonDerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonPolymorphic = "System.Text.Json.Serialization.JsonPolymorphicAttribute";
    public const string JsonStringEnumMemberName = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";

    private const string MessagePackKey = "MessagePack.KeyAttribute";
    private const string MessagePackIgnoreMember = "MessagePack.IgnoreMemberAttribute";
    private const string MessagePackConstructor = "MessagePack.SerializationConstructorAttribute";
    private const string IgnoreDataMember = "System.Runtime.Serialization.IgnoreDataMemberAttribute";
    private const string JsonPropertyName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    private const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    private const string JsonConstructor = "System.Text.Json.Serialization.JsonConstructorAttribute";
    private const string JsonConverter = "System.Text.Json.Serialization.JsonConverterAttribute";
    private const string JsonStringEnumConverter = "System.Text.Json.Serialization.JsonStringEnumConverter";
    private const int JsonIgnoreAlways = 1;

    /// <summary>Whether the member travels in no format.</summary>
    public static bool IsIgnored(MemberInfo member) => member.Has(MessagePackIgnoreMember) || member.Has(IgnoreDataMember);

    /// <summary>Whether System.Text.Json leaves the member out, whatever its value.</summary>
    public static bool IsIgnoredByJson(MemberInfo member) => member.Find(JsonIgnore) is { } attribute && attribute.Argument("Condition") is null or JsonIgnoreAlways;

    /// <summary>Whether MessagePack-CSharp writes the member although nobody can set it again.</summary>
    public static bool HasKey(MemberInfo member) => member.Has(MessagePackKey);

    /// <summary>The member's name in JSON.</summary>
    public static string NameOf(MemberInfo member) => member.Find(JsonPropertyName)?.Argument() as string ?? CamelCase(member.Name);

    /// <summary>Whether System.Text.Json writes the enum as the names of its members.</summary>
    public static bool IsTextEnum(Type type) =>
        type.Find(JsonConverter)?.Argument() is Type converter && converter.DefinitionName() is JsonStringEnumConverter or JsonStringEnumConverter + "`1";

    /// <summary>Whether either library is told to create objects by this constructor.</summary>
    public static bool IsMarkedConstructor(ConstructorInfo constructor) => constructor.Has(JsonConstructor) || constructor.Has(MessagePackConstructor);

    /// <summary>Begins a name in lower case: <c>Id</c> becomes <c>id</c>, <c>URLOfPage</c> becomes <c>urlOfPage</c>.</summary>
    public static string CamelCase(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
