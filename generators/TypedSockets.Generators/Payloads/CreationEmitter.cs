using System;
using System.Collections.Generic;
using System.Linq;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes how an object is made of its members.</summary>
internal sealed class CreationEmitter(SourceWriter source, ObjectCodecModel type)
{
    private const string Accessor = "global::System.Runtime.CompilerServices.UnsafeAccessor";

    private readonly CreationModel _creation = type.Creation;

    /// <summary>Writes the statements that create the object and return it.</summary>
    /// <param name="valueOf">The expression for the value of a member.</param>
    public void EmitReturn(Func<int, string> valueOf)
    {
        var created = New(valueOf);
        if (_creation.Accessed.Count == 0)
        {
            EmitInitialized($"return {created}", _creation.Initialized, valueOf);
            return;
        }

        var local = Identifiers.Claim(Taken(), "created");
        EmitInitialized($"var {local} = {created}", _creation.Initialized, valueOf);
        foreach (var member in _creation.Accessed)
        {
            var name = type.Members[member.Index].Name;
            source.Write(member.IsField
                ? $"{local}.{Identifiers.Escape(name)} = {valueOf(member.Index)};"
                : $"Set{name}({(_creation.IsValueType ? "ref " : "")}{local}, {valueOf(member.Index)});");
        }

        source.Write($"return {local};");
    }

    /// <summary>
    /// Writes the statements that give members that did not come the values that a new object has: those of a second object, since it is seldom needed, and only so an initializer of
    /// any kind of member counts.
    /// </summary>
    /// <param name="any">The condition under which at least one did not come.</param>
    /// <param name="missing">The members, and the condition under which each did not come.</param>
    /// <param name="valueOf">The expression for the value of another member.</param>
    /// <param name="assign">The statement that takes a value over.</param>
    public void EmitInitialValues(string any, IReadOnlyList<(int Member, string Condition)> missing, Func<int, string> valueOf, Func<int, string, string> assign)
    {
        if (missing.Count == 0)
        {
            return;
        }

        var local = Identifiers.Claim(Taken(), "initial");
        source.Open($"if ({any})");
        EmitInitialized($"var {local} = {New(valueOf)}", _creation.Required, valueOf);
        foreach (var (member, condition) in missing)
        {
            var statement = assign(member, $"{local}.{Identifiers.Escape(type.Members[member].Name)}");
            if (condition == any)
            {
                source.Write(statement);
                continue;
            }

            source.Open($"if ({condition})");
            source.Write(statement);
            source.Close();
        }

        source.Close();
    }

    /// <summary>Writes the declarations of the accessors that <see cref="EmitReturn"/> calls.</summary>
    public void EmitAccessors()
    {
        if (_creation.Kind == CreationKind.Accessor)
        {
            var parameters = _creation.Constructor.Select((argument, index) => FormattableString.Invariant($"{argument.Type} argument{index}"));
            source.Write($"[{Accessor}({Accessor}Kind.Constructor)]");
            source.Write($"private static extern {type.Type} Create({string.Join(", ", parameters)});");
        }

        foreach (var member in _creation.Accessed.Where(static member => !member.IsField))
        {
            var (name, value) = (type.Members[member.Index].Name, type.Members[member.Index].Value);
            source.Separate();
            source.Write($"[{Accessor}({Accessor}Kind.Method, Name = \"set_{name}\")]");
            source.Write($"private static extern void Set{name}({(_creation.IsValueType ? "ref " : "")}{member.DeclaringType} target, {value.Type} value);");
        }
    }

    private HashSet<string> Taken() => new(type.Members.Select(static member => Identifiers.Local(member.Name)), StringComparer.Ordinal);

    private string New(Func<int, string> valueOf)
    {
        var arguments = string.Join(", ", _creation.Constructor.Select(argument => argument.Constant ?? valueOf(argument.Member)));
        return _creation.Kind switch
        {
            CreationKind.Literal => $"({arguments})",
            CreationKind.Accessor => $"Create({arguments})",
            _ => $"new {type.Type}({arguments})",
        };
    }

    private void EmitInitialized(string created, EquatableArray<int> members, Func<int, string> valueOf)
    {
        if (members.Count == 0)
        {
            source.Write($"{created};");
            return;
        }

        source.Write(created);
        source.Write("{");
        source.Indent();
        foreach (var index in members)
        {
            source.Write($"{Identifiers.Escape(type.Members[index].Name)} = {valueOf(index)},");
        }

        source.Outdent();
        source.Write("};");
    }
}
