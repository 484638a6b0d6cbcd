using System.Reflection;

namespace TypedSockets.Tool.Metadata;

/// <summary>Finds attributes by their full name, as the source generator does, and reads their arguments.</summary>
internal static class AttributeLookup
{
    public static CustomAttributeData? Find(this MemberInfo member, string name) => member.FindAll(name).FirstOrDefault();

    public static CustomAttributeData? Find(this ParameterInfo parameter, string name) => FindAll(parameter.GetCustomAttributesData(), name).FirstOrDefault();

    public static IEnumerable<CustomAttributeData> FindAll(this MemberInfo member, string name) => FindAll(member.GetCustomAttributesData(), name);

    public static bool Has(this MemberInfo member, string name) => member.Find(name) is not null;

    /// <summary>The value of a positional argument; null when there is none.</summary>
    public static object? Argument(this CustomAttributeData attribute, int index = 0) =>
        index < attribute.ConstructorArguments.Count ? attribute.ConstructorArguments[index].Value : null;

    /// <summary>The value of a named argument; null when there is none.</summary>
    public static object? Argument(this CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    /// <summary>The values of an argument that is an array.</summary>
    public static IEnumerable<T> Values<T>(object? argument) => ((IEnumerable<CustomAttributeTypedArgument>)argument!).Select(static item => (T)item.Value!);

    private static IEnumerable<CustomAttributeData> FindAll(IList<CustomAttributeData> attributes, string name) => attributes.Where(attribute => NameOf(attribute) == name);

    private static string? NameOf(CustomAttributeData attribute)
    {
        try
        {
            return attribute.AttributeType.DefinitionName();
        }
        catch (MissingAssemblyException missing) when (!missing.MayHoldPayloadAttributes)
        {
            // Whatever it says, it says nothing about what travels.
            return null;
        }
    }
}
