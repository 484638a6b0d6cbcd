using TypedSockets.Protocol.Tests.Framing.Cases;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>Every case of RFC 6455 and RFC 7692, on both ends, and with the bytes arriving in every way.</summary>
public sealed class FramingCaseTests
{
    // Of longer inputs the borders are tried, and some places between.
    private const int EverySplitUpTo = 1_000;
    private const int Border = 20;
    private const int Stride = 5_003;

    public static TheoryData<FramingCase> Cases { get; } =
    [
        .. from side in Enum.GetValues<Side>()
           from framing in (IEnumerable<FramingCase>)[.. HeaderCases.Of(side), .. FragmentCases.Of(side), .. ControlCases.Of(side), .. TextCases.Of(side), .. DeflateCases.Of(side)]
           select framing,
    ];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Cases))]
    public void Bytes_ArriveWhole(FramingCase framing) => Assert.Equal(framing.Expected, framing.ReadAtOnce([[.. framing.Input]]));

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Cases))]
    public void Bytes_ArriveOneByOne(FramingCase framing)
    {
        var input = framing.Input;
        Assert.Equal(framing.Expected, framing.ReadAtOnce(Arrival.EachByte(input)));
        if (input.Length <= EverySplitUpTo)
        {
            Assert.Equal(framing.Expected, framing.ReadOneByOne(Arrival.EachByte(input)));
            return;
        }

        Assert.Equal(framing.Expected, framing.ReadOneByOne([.. Arrival.EachByte(input[..Border]), input[Border..^Border], .. Arrival.EachByte(input[^Border..])]));
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Cases))]
    public void Bytes_ArriveInTwoParts_CutAnywhere(FramingCase framing)
    {
        var length = framing.Input.Length;
        for (var position = 0; position <= length; position++)
        {
            if (length <= EverySplitUpTo || position < Border || position > length - Border || position % Stride == 0)
            {
                Assert.Equal(framing.Expected, framing.ReadAtOnce(Arrival.SplitAt(framing.Input, position)));
                Assert.Equal(framing.Expected, framing.ReadOneByOne(Arrival.SplitAt(framing.Input, position)));
            }
        }
    }
}
