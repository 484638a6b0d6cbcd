using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Protocol.Tests.Handshake;

/// <summary>RFC 7692 §7.1: what may be offered, chosen and answered. Takeovers are written as S for the server's and C for the client's.</summary>
public sealed class DeflateNegotiationTests
{
    /// <summary>What is offered, what the server's options allow, the answer, and what is agreed on.</summary>
    [Theory]
    [InlineData("permessage-deflate", "SC", "permessage-deflate", "SC")]
    [InlineData("permessage-deflate", "S", "permessage-deflate; client_no_context_takeover", "S")]
    [InlineData("permessage-deflate", "C", "permessage-deflate; server_no_context_takeover", "C")]
    [InlineData("permessage-deflate", "", "permessage-deflate; server_no_context_takeover; client_no_context_takeover", "")]
    [InlineData("permessage-deflate; server_no_context_takeover", "SC", "permessage-deflate; server_no_context_takeover", "C")]
    [InlineData("permessage-deflate; client_no_context_takeover", "SC", "permessage-deflate; client_no_context_takeover", "S")]
    [InlineData("permessage-deflate; client_max_window_bits", "SC", "permessage-deflate", "SC")]
    [InlineData("permessage-deflate; client_max_window_bits=8", "SC", "permessage-deflate; client_max_window_bits=8", "SC")]
    [InlineData("permessage-deflate; client_max_window_bits=15; server_max_window_bits=15", "", "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15; client_max_window_bits=15", "")]
    [InlineData("permessage-deflate; server_max_window_bits=15", "SC", "permessage-deflate; server_max_window_bits=15", "SC")]
    [InlineData("permessage-deflate; server_max_window_bits=\"15\"", "SC", "permessage-deflate; server_max_window_bits=15", "SC")]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate; client_no_context_takeover", "SC", "permessage-deflate; client_no_context_takeover", "S")]
    [InlineData("permessage-deflate; new_parameter, permessage-deflate", "SC", "permessage-deflate", "SC")]
    [InlineData("x-webkit-deflate-frame, permessage-deflate", "SC", "permessage-deflate", "SC")]
    [InlineData("permessage-deflate; client_no_context_takeover, permessage-deflate", "SC", "permessage-deflate; client_no_context_takeover", "S")]
    public void Offer_ThatCanBeKeptTo_IsTheFirstOfThoseThatIsChosen(string offer, string allowed, string answer, string agreed)
    {
        var terms = DeflateNegotiation.Accept(WebSocketExtension.Parse([offer])!, Options(allowed), out var actual);
        Assert.Equal(answer, actual);
        Assert.Equal(agreed, Show(terms?.ServerContextTakeover, terms?.ClientContextTakeover));
    }

    [Theory]
    [InlineData("x-webkit-deflate-frame")]
    [InlineData("PERMESSAGE-DEFLATE")]
    [InlineData("permessage-deflate; unknown")]
    [InlineData("permessage-deflate; server_no_context_takeover=1")]
    [InlineData("permessage-deflate; client_no_context_takeover=true")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_no_context_takeover; client_no_context_takeover")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits=9")]
    [InlineData("permessage-deflate; server_max_window_bits")]
    [InlineData("permessage-deflate; server_max_window_bits=8")]
    [InlineData("permessage-deflate; server_max_window_bits=14")]
    [InlineData("permessage-deflate; server_max_window_bits=7")]
    [InlineData("permessage-deflate; server_max_window_bits=16")]
    [InlineData("permessage-deflate; server_max_window_bits=015")]
    [InlineData("permessage-deflate; server_max_window_bits=15; server_max_window_bits=15")]
    [InlineData("permessage-deflate; client_max_window_bits=7")]
    [InlineData("permessage-deflate; client_max_window_bits=16")]
    [InlineData("permessage-deflate; client_max_window_bits=08")]
    [InlineData("permessage-deflate; client_max_window_bits=+9")]
    [InlineData("permessage-deflate; client_max_window_bits=ten")]
    public void Offer_ThatCannotBeKeptTo_IsDeclined(string offer)
    {
        Assert.Null(DeflateNegotiation.Accept(WebSocketExtension.Parse([offer])!, Options("SC"), out var answer));
        Assert.Null(answer);
    }

    [Theory]
    [InlineData("SC", "permessage-deflate")]
    [InlineData("S", "permessage-deflate; client_no_context_takeover")]
    [InlineData("C", "permessage-deflate; server_no_context_takeover")]
    [InlineData("", "permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    public void Client_OffersWhatItsOptionsSay(string allowed, string offer) => Assert.Equal(offer, DeflateNegotiation.Offer(Options(allowed)));

    /// <summary>What the client's options allow, the answer, and what is agreed on.</summary>
    [Theory]
    [InlineData("SC", "permessage-deflate", "SC")]
    [InlineData("S", "permessage-deflate", "S")]
    [InlineData("SC", "permessage-deflate; server_no_context_takeover", "C")]
    [InlineData("SC", "permessage-deflate; client_no_context_takeover", "S")]
    [InlineData("C", "permessage-deflate; server_no_context_takeover", "C")]
    [InlineData("SC", "permessage-deflate; server_max_window_bits=8", "SC")]
    [InlineData("SC", "permessage-deflate; server_max_window_bits=15; client_no_context_takeover", "S")]
    public void Answer_ThatTheOfferAllows_IsAgreedOn(string allowed, string answer, string agreed)
    {
        var (terms, violation) = DeflateNegotiation.Check([answer], Options(allowed));
        Assert.Null(violation);
        Assert.Equal(agreed, Show(terms?.ServerContextTakeover, terms?.ClientContextTakeover));
    }

    [Theory]
    [InlineData("SC", "", "§9.1")]
    [InlineData("SC", "permessage-deflate;", "§9.1")]
    [InlineData("SC", "x-webkit-deflate-frame", "another")]
    [InlineData("SC", "permessage-deflate, x-webkit-deflate-frame", "another")]
    [InlineData("SC", "permessage-deflate, permessage-deflate", "more than")]
    [InlineData("SC", "permessage-deflate; unknown", "unknown")]
    [InlineData("SC", "permessage-deflate; server_no_context_takeover=1", "value")]
    [InlineData("SC", "permessage-deflate; server_no_context_takeover; server_no_context_takeover", "repeated")]
    [InlineData("SC", "permessage-deflate; server_max_window_bits", "value")]
    [InlineData("SC", "permessage-deflate; server_max_window_bits=7", "value")]
    [InlineData("SC", "permessage-deflate; client_max_window_bits=15", "§7.1.2.2")]
    [InlineData("SC", "permessage-deflate; client_max_window_bits", "§7.1.2.2")]
    [InlineData("C", "permessage-deflate", "§7.1.1.1")]
    public void Answer_ThatTheOfferDoesNotAllow_IsAViolationThatSaysWhy(string allowed, string answer, string named)
    {
        var (terms, violation) = DeflateNegotiation.Check([answer], Options(allowed));
        Assert.Null(terms);
        Assert.Contains(named, violation, StringComparison.Ordinal);
    }

    private static WebSocketCompressionOptions Options(string allowed) => new() { ServerContextTakeover = allowed.Contains('S'), ClientContextTakeover = allowed.Contains('C') };

    private static string Show(bool? server, bool? client) => $"{(server is true ? "S" : "")}{(client is true ? "C" : "")}";
}
