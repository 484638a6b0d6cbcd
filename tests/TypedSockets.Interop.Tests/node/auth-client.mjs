// Socket.IO's own client, which says who it is: node auth-client.mjs --url=http://… --auth={"name":"ada"} [--function] [--parser=msgpack] [--transports=websocket]
// It connects to /gate, asks the server who it is, and ends. Lines: connect (name), connect_error (message, data).
import { io } from "socket.io-client";
import * as msgpack from "socket.io-msgpack-parser";
import { options, say } from "./lines.mjs";

const auth = JSON.parse(options.auth ?? "null");
const socket = io(`${options.url}/gate`, {
  auth: options.function ? (tell) => tell(auth) : (auth ?? undefined),
  transports: (options.transports ?? "polling,websocket").split(","),
  parser: options.parser === "msgpack" ? (msgpack.default ?? msgpack) : undefined,
});

socket.on("connect", async () => {
  say({ event: "connect", name: await socket.emitWithAck("WhoAmI") });
  process.exit(0);
});
socket.on("connect_error", (error) => {
  say({ event: "connect_error", message: error.message, data: error.data ?? null });
  process.exit(0);
});
