namespace TypedSockets;

/// <summary>Why a client may not connect.</summary>
/// <param name="Text">What the client is told: <see cref="Unauthorized.Text"/>, and the message of a Socket.IO client's <c>connect_error</c>.</param>
public sealed record ConnectRefusal(string Text);

/// <inheritdoc cref="ConnectRefusal"/>
/// <typeparam name="TRefusal">What else the client is told.</typeparam>
/// <param name="Text">What the client is told: <see cref="Unauthorized.Text"/>, and the message of a Socket.IO client's <c>connect_error</c>.</param>
/// <param name="Data">What else: <see cref="Unauthorized.Data"/>, and the <c>data</c> of that error. Null for nothing.</param>
public sealed record ConnectRefusal<TRefusal>(string Text, TRefusal? Data = null) where TRefusal : class;
