// Socket.IO's own server, with the contracts of SocketIO/PeerContracts.cs in JavaScript:
//   node socket-server.mjs [--port=n] [--pingInterval=ms] [--pingTimeout=ms] [--connectTimeout=ms] [--refuse] [--recovery]
// Commands: {op:"emit",nsp,name,args} {op:"ask",nsp,name,args,timeout} to everyone of a namespace, {op:"disconnect",nsp,close} {op:"close"} {op:"engine",text} {op:"drop",nsp}
// Lines: ready (port), connection (nsp, id, transport, recovered, rooms), disconnect (nsp, id, reason), answer (value), timeout (message), error (message), upgrade (transport).
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";
import { pack, unpack } from "./bytes.mjs";
import { options, say } from "./lines.mjs";

const http = createServer();
const io = new Server(http, {
  pingInterval: options.pingInterval ?? 25_000,
  pingTimeout: options.pingTimeout ?? 20_000,
  connectTimeout: options.connectTimeout ?? 45_000,
  ...(options.recovery ? { connectionStateRecovery: {} } : {}),
});

function serve(nsp, handlers) {
  const namespace = io.of(nsp);
  if (options.refuse) {
    namespace.use((socket, next) => next(Object.assign(new Error("not you"), { data: { code: 7 } })));
  }

  namespace.on("connection", (socket) => {
    say({ event: "connection", nsp, id: socket.id, transport: socket.conn.transport.name, recovered: socket.recovered, rooms: [...socket.rooms].filter((room) => room !== socket.id) });
    socket.conn.on("upgrade", (transport) => say({ event: "upgrade", transport: transport.name }));
    socket.on("disconnect", (reason) => say({ event: "disconnect", nsp, id: socket.id, reason }));
    for (const [name, handler] of Object.entries(handlers(socket, namespace))) {
      socket.on(name, handler);
    }
  });
}

serve("/peer", (socket, namespace) => ({
  Echo: (text, reply) => reply(text),
  Wrap: (parcel, reply) =>
    reply({ name: `around ${parcel.name}`, count: parcel.count + 1, content: Buffer.from(parcel.content).reverse(), tags: ["outer", ...parcel.tags], inner: parcel }),
  Concat: (first, second, reply) => reply(Buffer.concat([first, second])),
  Enter: (room, reply) => {
    socket.join(room);
    reply();
  },
  Throw: (reply) => reply({ $fault: "HandlerFailed", message: "as asked" }),
  AskBack: async (question, reply) => reply(await socket.timeout(30_000).emitWithAck("Answer", question)),
  AskBackBytes: async (bytes, reply) => reply(await socket.timeout(30_000).emitWithAck("Reverse", bytes)),
  AskBackInVain: (reply) => socket.timeout(100).emit("Ignore", "?", (error) => reply(error ? "timed out" : "answered")),
  Never: () => {},
  Say: (text) => namespace.emit("Said", text),
  SayIn: (room, text) => namespace.to(room).emit("Said", text),
  Send: (parcel) => namespace.emit("Sent", parcel),
  Move: (x, y) => namespace.emit("Moved", x, y),
  Kick: (text, reply) => socket.disconnect(),
}));
serve("/", (socket) => ({
  Add: (left, right, reply) => reply(left + right),
  Leave: () => socket.disconnect(),
}));

const sockets = (nsp) => [...io.of(nsp).sockets.values()];
const commands = {
  emit: ({ nsp, name, args }) => io.of(nsp).emit(name, ...unpack(args)),
  ask: ({ nsp, name, args, timeout }) =>
    sockets(nsp)[0].timeout(timeout ?? 30_000).emitWithAck(name, ...unpack(args)).then(
      (value) => say({ event: "answer", value: pack(value) }),
      (error) => say({ event: "timeout", message: error.message }),
    ),
  disconnect: ({ nsp, close }) => sockets(nsp).forEach((socket) => socket.disconnect(close)),
  close: () => io.close(),
  drop: ({ nsp }) => sockets(nsp).forEach((socket) => socket.conn.close()),
  engine: ({ nsp, text }) => sockets(nsp).forEach((socket) => socket.conn.write(text)),
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  commands[command.op](command);
});
http.listen(options.port ?? 0, "127.0.0.1", () => say({ event: "ready", port: http.address().port }));
