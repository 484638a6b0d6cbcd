// Socket.IO's own client against the conformance host's hubs without a contract:
//   node dynamic-client.mjs --url=http://… --transports=polling,websocket [--msgpack]
// Lines: auth (namespace, auth), back (arguments), ack (arguments), fault (fault), refused (message), disconnect (reason). Bytes are shown as {"bytes":"hex"}.
import { io } from "socket.io-client";
import * as msgpack from "socket.io-msgpack-parser";
import { options, say } from "./lines.mjs";

const show = (value) =>
  Buffer.isBuffer(value) || value instanceof Uint8Array || value instanceof ArrayBuffer
    ? { bytes: Buffer.from(value).toString("hex") }
    : Array.isArray(value)
      ? value.map(show)
      : value !== null && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, show(member)]))
        : value;

const next = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
const open = (namespace, auth) =>
  io(options.url + namespace, {
    transports: options.transports.split(","),
    auth,
    reconnection: false,
    ...(options.msgpack ? { parser: msgpack.default ?? msgpack } : {}),
  });

const main = open("/", { token: "123", deep: { list: [1, null] } });
say({ event: "auth", namespace: "/", auth: (await next(main, "auth"))[0] });
const custom = open("/custom");
say({ event: "auth", namespace: "/custom", auth: (await next(custom, "auth"))[0] });

const values = [1, "é€😀", 0.5, null, true, { "a b": [1, { c: "d" }] }, Buffer.from([1, 2, 3]), { in: [Buffer.from([4])] }];
main.emit("message", ...values);
say({ event: "back", arguments: show(await next(main, "message-back")) });
main.emit("message-with-ack", ...values, (...args) => {
  say({ event: "ack", arguments: show(args) });
  custom.emit("unknown", (fault) => {
    say({ event: "fault", fault });
    const none = open("/none");
    none.on("connect_error", (error) => {
      say({ event: "refused", message: error.message });
      main.on("disconnect", (reason) => {
        say({ event: "disconnect", reason });
        process.exit(0);
      });
      main.disconnect();
    });
  });
});
