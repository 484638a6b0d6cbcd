// Socket.IO's own client, told what to do by one JSON object a line:
//   node socket-client.mjs --url=http://… --transports=polling,websocket [--msgpack]
//   {op:"connect",nsp} {op:"emit",nsp,name,args,volatile} {op:"ask",nsp,name,args,timeout} {op:"disconnect",nsp} {op:"reconnect",nsp} {op:"write",text} {op:"raw",text} {op:"open"} {op:"drop"}
// Lines: connect (nsp, id, transport, recovered), connect_error (nsp, message, active), disconnect (nsp, reason, active), received (nsp, name, args), answer (value), timeout (message),
// upgrade (transport), close (reason). Bytes are {$bytes: base64}. A request 'Answer' is answered with its argument and '!', 'Reverse' with its bytes turned round, others are not.
import { createInterface } from "node:readline";
import { Manager } from "socket.io-client";
import * as msgpack from "socket.io-msgpack-parser";
import { options, say } from "./lines.mjs";
import { pack, unpack } from "./bytes.mjs";

const manager = new Manager(options.url, {
  transports: options.transports.split(","),
  autoConnect: false,
  reconnectionDelay: 20,
  reconnectionDelayMax: 100,
  ...(options.msgpack ? { parser: msgpack.default ?? msgpack } : {}),
});
manager.on("open", () => manager.engine.on("upgrade", (transport) => say({ event: "upgrade", transport: transport.name })));
manager.on("close", (reason) => say({ event: "close", reason }));

const answers = {
  Answer: (question) => `${question}!`,
  Reverse: (bytes) => Buffer.from(bytes).reverse(),
};

function connect(nsp) {
  const socket = manager.socket(nsp);
  socket.on("connect", () => say({ event: "connect", nsp, id: socket.id, transport: manager.engine.transport.name, recovered: socket.recovered ?? false }));
  socket.on("connect_error", (error) => say({ event: "connect_error", nsp, message: error.message, active: socket.active }));
  socket.on("disconnect", (reason) => say({ event: "disconnect", nsp, reason, active: socket.active }));
  socket.onAny((name, ...args) => {
    const acknowledge = typeof args.at(-1) === "function" ? args.pop() : undefined;
    say({ event: "received", nsp, name, args: pack(args) });
    if (acknowledge && answers[name]) {
      acknowledge(answers[name](...args));
    }
  });
  socket.connect();
}

const commands = {
  open: () => manager.open(),
  connect: ({ nsp }) => connect(nsp),
  reconnect: ({ nsp }) => manager.socket(nsp).connect(),
  disconnect: ({ nsp }) => manager.socket(nsp).disconnect(),
  emit: ({ nsp, name, args, volatile }) => {
    const socket = manager.socket(nsp);
    (volatile ? socket.volatile : socket).emit(name, ...unpack(args));
  },
  ask: ({ nsp, name, args, timeout }) =>
    manager.socket(nsp).timeout(timeout ?? 30_000).emitWithAck(name, ...unpack(args)).then(
      (value) => say({ event: "answer", value: pack(value) }),
      (error) => say({ event: "timeout", message: error.message }),
    ),
  // Ends the transport alone, as a network does: the client comes back by itself.
  drop: () => manager.engine.transport.close(),
  // What is no packet of Socket.IO, in a message of Engine.IO.
  write: ({ text, bytes }) => manager.engine.write(bytes === undefined ? text : Buffer.from(bytes, "base64")),
  // What is no packet of Engine.IO.
  raw: ({ text }) => {
    const transport = manager.engine.transport;
    if (transport.name === "websocket") {
      transport.ws.send(text);
    } else {
      transport.doWrite(text, () => {});
    }
  },
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  commands[command.op](command);
});
say({ event: "ready" });
