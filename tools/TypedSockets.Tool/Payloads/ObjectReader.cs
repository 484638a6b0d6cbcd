using System.Reflection;
using TypedSockets.Tool.Metadata;

namespace TypedSockets.Tool.Payloads;

/// <summary>
/// Finds the members of an object that travel in JSON, by the source generator's rules: public properties and fields that a constructor or an initializer can set again, those of
/// base types first.
/// </summary>
internal static class ObjectReader
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Returns the members that travel, with their types, and whether a formatter of its own writes the member.</summary>
    public static IEnumerable<(MemberInfo Member, TypeUse Type, bool IsFormatted)> Read(TypeUse type)
    {
        var candidates = Candidates(type);
        var bound = BoundMembers(type, candidates);
        var hasKeys = type.Type.Has(PayloadAttributes.MessagePackObject);
        return from candidate in candidates
               let member = candidate.Member
               where !PayloadAttributes.IsIgnored(member) && !PayloadAttributes.IsIgnoredByJson(member)
               let parameter = bound.GetValueOrDefault(member)
               where parameter is not null || IsSettable(member) || (hasKeys && (PayloadAttributes.HasKey(member) || IsKeyedByName(type.Type)))
               // In a record the attribute may stand at the parameter.
               select (member, candidate.Type, member.Has(TypeNames.PayloadFormatterAttribute) || parameter?.Find(TypeNames.PayloadFormatterAttribute) is not null);
    }

    private static bool IsKeyedByName(Type type) => type.Find(PayloadAttributes.MessagePackObject)?.Argument() is true;

    /// <summary>The public properties and fields that can be read; one that is overridden or hidden stands at the place of the first.</summary>
    private static List<(MemberInfo Member, TypeUse Type)> Candidates(TypeUse type)
    {
        var levels = new Stack<TypeUse>();
        for (var level = type; level.Name is not ("System.Object" or "System.ValueType"); level = TypeUseReader.ReadBase(level.Type).Substitute(level.Arguments))
        {
            levels.Push(level);
            if (level.Type.BaseType is null)
            {
                break;
            }
        }

        var members = new List<(MemberInfo Member, TypeUse Type)>();
        foreach (var (member, use) in levels.SelectMany(DeclaredMembers))
        {
            var hidden = members.FindIndex(other => other.Member.Name == member.Name);
            if (hidden < 0)
            {
                members.Add((member, use));
            }
            else
            {
                members[hidden] = (member, use);
            }
        }

        return members;
    }

    private static IEnumerable<(MemberInfo Member, TypeUse Type)> DeclaredMembers(TypeUse level)
    {
        var properties = from property in level.Type.GetProperties(Declared)
                         where property.GetMethod is { IsPublic: true, IsStatic: false } get && !get.ReturnType.IsByRef && property.GetIndexParameters().Length == 0
                         select ((MemberInfo)property, TypeUseReader.Read(property).Substitute(level.Arguments));
        var fields = from field in level.Type.GetFields(Declared)
                     where field.IsPublic
                     select ((MemberInfo)field, TypeUseReader.Read(field).Substitute(level.Arguments));
        return properties.OrderBy(static member => member.Item1.MetadataToken).Concat(fields.OrderBy(static member => member.Item1.MetadataToken));
    }

    private static bool IsSettable(MemberInfo member) => member switch
    {
        // The generator has no way to a setter of a generic type that is not public.
        PropertyInfo { SetMethod: { } set } => set.IsPublic || member.DeclaringType is { IsGenericType: false },
        FieldInfo field => !field.IsInitOnly,
        _ => false,
    };

    /// <summary>The members that are set by the marked constructor, or else by the public one with the most parameters, whose parameters all are members.</summary>
    private static Dictionary<MemberInfo, ParameterInfo> BoundMembers(TypeUse type, List<(MemberInfo Member, TypeUse Type)> members)
    {
        var constructors = type.Type.GetConstructors(Declared).OrderBy(static constructor => constructor.MetadataToken).ToList();
        var marked = constructors.FindAll(PayloadAttributes.IsMarkedConstructor);
        var candidates = marked.Count > 0 ? marked : constructors.FindAll(static constructor => constructor.IsPublic);
        foreach (var constructor in candidates.OrderByDescending(static candidate => candidate.GetParameters().Length))
        {
            var bound = new Dictionary<MemberInfo, ParameterInfo>();
            if (constructor.GetParameters().All(parameter => Find(parameter, type, members) is { } member && bound.TryAdd(member, parameter)))
            {
                return bound;
            }
        }

        return [];
    }

    private static MemberInfo? Find(ParameterInfo parameter, TypeUse type, List<(MemberInfo Member, TypeUse Type)> members)
    {
        var use = TypeUseReader.Read(parameter).Substitute(type.Arguments);
        return members.Find(member => Matches(parameter, use, member.Member, member.Type)).Member;
    }

    private static bool Matches(ParameterInfo parameter, TypeUse parameterType, MemberInfo member, TypeUse memberType) =>
        !parameter.IsOut
        && string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
        && parameterType.Key == memberType.Key
        && (parameterType.IsNullable == memberType.IsNullable || (!memberType.Type.IsValueType && parameterType.IsNullable));
}
