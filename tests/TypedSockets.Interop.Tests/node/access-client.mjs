// Socket.IO's own client against a hub with authorization, filters and limits: node access-client.mjs --url=http://… --token=… [--parser=msgpack] [--transports=websocket]
// Lines: connect_error (message), or connect; answer (to, value) for each event that is answered; refused (what) when the hub has heard of one; disconnect (reason), connect again.
import { io } from "socket.io-client";
import * as msgpack from "socket.io-msgpack-parser";
import { options, say } from "./lines.mjs";

const socket = io(`${options.url}/vault`, {
  transports: (options.transports ?? "polling,websocket").split(","),
  parser: options.parser === "msgpack" ? (msgpack.default ?? msgpack) : undefined,
  extraHeaders: options.token ? { authorization: `Bearer ${options.token}` } : {},
  reconnectionDelay: 1,
});
const next = (event) => new Promise((resolve) => socket.once(event, resolve));
const ask = async (to, ...args) => say({ event: "answer", to, value: await socket.emitWithAck(to, ...args) });

socket.on("connect_error", (error) => {
  say({ event: "connect_error", message: error.message });
  process.exit(0);
});
socket.on("disconnect", (reason) => say({ event: "disconnect", reason }));
await next("connect");
say({ event: "connect" });
await ask("WhoAmI");
const refusals = [];
socket.on("Refused", (what) => refusals.push(what));
await ask("Open", 7);
await ask("Write", "see http://here");
await ask("Write", "  hello ");
const rung = new Promise((resolve) => socket.on("Refused", (what) => what.includes("Ring") && resolve()));
socket.emit("Ring", "ding");
await rung;
say({ event: "refused", what: refusals });
await ask("WhoAmI");
await ask("WhoAmI");
await next("connect");
say({ event: "connect" });
process.exit(0);
