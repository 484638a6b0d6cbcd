using TypedSockets.Protocol.Shapes;

namespace TypedSockets.Protocol.Tests.Shapes;

/// <summary>A peer's description comes from a stranger: it is read, or refused, and never more.</summary>
public sealed class DescriptionReaderTests
{
    private const string Description = """
        contract Chat.IChat "/chat"
          auth Chat.Ticket
          server Join(room: String!, take: Int32) -> Chat.Joined faults("Full": Chat.Full, "not a member": String)
          server "say it"(line: Chat.Line!, at: DateTime?) -> ack
          server Merge(left: *Int32?, step: Int32, right: *[Chat.Line]) -> *Chat.Line? faults("Full": Chat.Full)
          client Said(lines: [Chat.Line], byName: {String:Chat.Line?}, grid: [,Double], pair: (String, Int32))
          enum Chat.Colour: Int32
            Red = 0
            Green = 1 json "green"
          object Chat.Line
            Id: Int64
            -
            Text: String! json "msg"
            Colour: Chat.Colour hidden
          map Chat.Ticket
            "n" Name: String!
          union Chat.Shape
            0 Chat.Page<System.Int32, (string, int)>
            1 Chat.Square json "square"
        """;

    [Fact]
    public void Description_IsRead()
    {
        var contract = DescriptionReader.Read(Description);

        Assert.Equal(("Chat.IChat", "/chat", "Chat.Ticket"), (contract.Name, contract.Namespace, contract.Auth?.Name));
        Assert.Equal(["client Said", "server Join", "server Merge", "server say it"], contract.Events.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
        var join = contract.Events[new EventKey(true, "Join")];
        Assert.Equal([("room", "String", true), ("take", "Int32", false)], join.Parameters.Select(parameter => (parameter!.Name, parameter.Value.Text, parameter.IsNeeded)));
        Assert.Equal("'Chat.Joined'", join.Answer);
        Assert.Equal([("Full", "Chat.Full"), ("not a member", "String")], join.Faults.Select(fault => (fault.Key, fault.Value.Text)));
        var merge = contract.Events[new EventKey(true, "Merge")];
        Assert.Equal([(ValueKind.Stream, "*Int32?"), (ValueKind.Named, "Int32"), (ValueKind.Stream, "*[Chat.Line]")], merge.Parameters.Select(parameter => (parameter!.Value.Kind, parameter.Value.Text)));
        Assert.Equal((ValueKind.Stream, "*Chat.Line?", 1), (merge.Result!.Kind, merge.Result.Text, merge.Faults.Count));
        Assert.Equal("an acknowledgement", contract.Events[new EventKey(true, "say it")].Answer);
        Assert.Equal(["[Chat.Line]", "{String:Chat.Line?}", "[,Double]", "(String, Int32)"], contract.Events[new EventKey(false, "Said")].Parameters.Select(parameter => parameter!.Value.Text));
        Assert.Equal([("Id", "id"), (null, null), ("Text", "msg"), ("Colour", "")], contract.Types["Chat.Line"].Members.Select(member => (member?.Name, member?.TextName)));
        Assert.Equal("n", contract.Types["Chat.Ticket"].Members[0]?.Key);
        Assert.Equal([("0", "Chat.Page<System.Int32, (string, int)>", "0"), ("1", "Chat.Square", "square")], contract.Types["Chat.Shape"].Members.Select(item => (item!.Key, item.Value.Name, item.TextName)));
        Assert.Equal("1", contract.Types["Chat.Colour"].Numbers["Green"]);
    }

    /// <summary>A later version may say more: of an event, of a member, and in lines of its own.</summary>
    [Fact]
    public void WhatALaterVersionAdds_IsPassedOver()
    {
        var contract = DescriptionReader.Read("""
            contract IChat "/chat"
              server Join(room: String! secret "x", take: Int32) -> Line throws Full "a b"
              server Say() latest
              fault Full
                Reason: String
              object Line
                Id: Int64 since 3
            """);

        Assert.Equal([("room", true), ("take", false)], contract.Events[new EventKey(true, "Join")].Parameters.Select(parameter => (parameter!.Name, parameter.IsNeeded)));
        Assert.Equal("Line", contract.Events[new EventKey(true, "Join")].Result?.Text);
        Assert.False(contract.Events[new EventKey(true, "Say")].IsAnswered);
        Assert.Equal(["Line"], contract.Types.Keys);
    }

    [Theory]
    [InlineData("", "line 1: 'contract' is missing at column 1.")]
    [InlineData("contract IChat", "line 1: '\"' is missing at column 15.")]
    [InlineData("contract IChat \"/chat", "line 1: '\"' is missing at column 22.")]
    [InlineData("contract IChat \"/chat\"\n  server Say", "line 2: '(' is missing at column 13.")]
    [InlineData("contract IChat \"/chat\"\n\n  server Say(it", "line 3: ': ' is missing at column 16.")]
    [InlineData("contract IChat \"/chat\"\n  server Say(it: [String)", "line 2: ']' is missing at column 25.")]
    [InlineData("contract IChat \"/chat\"\n  enum Colour: Int32\n    Red", "line 3: ' = ' is missing at column 8.")]
    public void Text_ThatIsNoDescription_IsRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => DescriptionReader.Read(text)).Message);

    [Fact]
    public void Value_NestedTooDeeply_IsRefused()
    {
        var text = $"contract IChat \"/chat\"\n  server Say(it: {new string('[', 100_000)}";
        Assert.Contains("deeper than 64", Assert.Throws<FormatException>(() => DescriptionReader.Read(text)).Message, StringComparison.Ordinal);
    }

    /// <summary>Types that contain each other a hundred thousand times would overflow the stack.</summary>
    [Fact]
    public void Types_NestedTooDeeply_AreDifferent()
    {
        const int Levels = 100_000;
        var mine = DescriptionReader.Read("contract A \"/\"\n  server Say(it: Tree)\n  object Tree\n    Left: Tree");
        var theirs = DescriptionReader.Read("contract A \"/\"\n  server Say(it: T0)" + string.Concat(Enumerable.Range(0, Levels).Select(level => $"\n  object T{level}\n    Left: T{level + 1}")));

        Assert.NotNull(ContractComparison.FindBreak(mine, theirs, new EventKey(true, "Say")));
    }

    [Fact]
    public void Text_WithAnyDamage_IsReadOrRefused()
    {
        const string Alphabet = " \n:?!,()[]{}<>\"\\-=a0#";
        var random = new Random(20260725);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = Description.ToCharArray();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            try
            {
                var damaged = DescriptionReader.Read(new string(text, 0, random.Next(2) == 0 ? text.Length : random.Next(text.Length)));
                ContractComparison.Compare(damaged, damaged);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 19_000);
    }
}
