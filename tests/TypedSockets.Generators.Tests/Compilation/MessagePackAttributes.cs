namespace TypedSockets.Generators.Tests.Compilation;

/// <summary>The attributes of MessagePack-CSharp as far as the generator knows them; it knows them by name only.</summary>
internal static class MessagePackAttributes
{
    public const string Source = """
        namespace MessagePack
        {
            [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
            public sealed class MessagePackObjectAttribute(bool keyAsPropertyName = false) : Attribute
            {
                public bool KeyAsPropertyName { get; } = keyAsPropertyName;
            }

            [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
            public sealed class KeyAttribute : Attribute
            {
                public KeyAttribute(int x) => IntKey = x;
                public KeyAttribute(string x) => StringKey = x;
                public int? IntKey { get; }
                public string? StringKey { get; }
            }

            [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
            public sealed class IgnoreMemberAttribute : Attribute;

            [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
            public sealed class UnionAttribute(int key, Type subType) : Attribute
            {
                public int Key { get; } = key;
                public Type SubType { get; } = subType;
            }

            [AttributeUsage(AttributeTargets.Constructor)]
            public sealed class SerializationConstructorAttribute : Attribute;
        }
        """;
}
