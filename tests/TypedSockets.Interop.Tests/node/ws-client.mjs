// The npm package ws against an Engine.IO echo server, as a plain WebSocket.
//   node ws-client.mjs --url=ws://… [--deflate] [--code=n] [--end=client|server]
// Lines: open (extensions), echoed (count), pong (payload), close (code).
import WebSocket from "ws";
import { options, say } from "./lines.mjs";

const sizes = [0, 1, 123, 124, 125, 126, 127, 65_533, 65_534, 65_535, 65_536, 65_537, 900_000];
const socket = new WebSocket(options.url, { perMessageDeflate: options.deflate ? { threshold: 0 } : false });
const next = (event) => new Promise((resolve, reject) => {
  socket.once(event, (...results) => resolve(results));
  socket.once("error", reject);
});

socket.on("close", (code) => {
  say({ event: "close", code });
  process.exit(0);
});

const first = next("message");
await next("open");
await first;
say({ event: "open", extensions: socket.extensions });

let count = 0;
for (const size of sizes) {
  for (const message of [`4${"é".repeat(size >> 1)}`, Buffer.from(Array.from({ length: size }, (_, index) => (index * 7) & 0xff))]) {
    const echo = next("message");
    socket.send(message);
    const [data, isBinary] = await echo;
    if (isBinary !== Buffer.isBuffer(message) || !data.equals(Buffer.from(message))) {
      throw new Error(`A message of ${message.length} came back as another of ${data.length}.`);
    }
    count++;
  }
}
say({ event: "echoed", count });

const pong = next("pong");
socket.ping("are you there?");
say({ event: "pong", payload: String((await pong)[0]) });

if (options.end === "server") {
  socket.send("4close");
} else {
  socket.close(options.code);
}
