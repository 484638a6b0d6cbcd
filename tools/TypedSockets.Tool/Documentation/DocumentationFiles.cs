using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace TypedSockets.Tool.Documentation;

/// <summary>The documentation files that compilers write beside assemblies.</summary>
/// <param name="warn">Told of files that cannot be read.</param>
internal sealed class DocumentationFiles(Action<string> warn)
{
    private readonly Dictionary<string, Dictionary<string, XElement>> _files = new(StringComparer.Ordinal);

    /// <summary>Returns what is written about a type or member; null when nothing is.</summary>
    public XElement? Find(MemberInfo member) => Find(member.Module.Assembly, DocumentationIds.Of(member), depth: 0);

    private XElement? Find(Assembly assembly, string id, int depth)
    {
        const int MaxReferences = 8;
        var found = MembersOf(assembly.Location).GetValueOrDefault(id);
        return found?.Element("inheritdoc")?.Attribute("cref")?.Value is { } other && depth < MaxReferences ? Find(assembly, other, depth + 1) : found;
    }

    private Dictionary<string, XElement> MembersOf(string assembly)
    {
        if (!_files.TryGetValue(assembly, out var members))
        {
            members = Load(Path.ChangeExtension(assembly, ".xml"));
            _files.Add(assembly, members);
        }

        return members;
    }

    private Dictionary<string, XElement> Load(string path)
    {
        var members = new Dictionary<string, XElement>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return members;
        }

        try
        {
            foreach (var member in XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member"))
            {
                if (member.Attribute("name")?.Value is { } name)
                {
                    members.TryAdd(name, member);
                }
            }
        }
        catch (XmlException exception)
        {
            warn($"'{path}' is not XML, so its comments are left out: {exception.Message}");
        }

        return members;
    }
}
