// Engine.IO's own client against an echo server:
//   node client.mjs --url=http://… --transports=polling,websocket [--forceBase64] [--stayOnPolling] [--end=client|server] [--heartbeats=n]
// It sends texts and bytes of many sizes while it polls, while it moves and on the transport it arrives at, checks that everything comes back in order, waits for heartbeats, and
// ends the session from one side. Lines: open (transport, upgrades), upgrade (transport), echoed (count, transport), heartbeats (count), close (reason, description).
import { Socket } from "engine.io-client";
import { options, say } from "./lines.mjs";

// The largest first: the client estimates the base64 of a POST 0.3 % too small, and fills one up to maxPayload. No two of these come near it together.
const sizes = [900_000, 100_000, 65_536, 65_535, 65_534, 1_000, 127, 126, 125, 2, 1, 0];
// Base64 takes four thirds, and maxPayload is 1,000,000.
const largestBinary = 700_000;

const transports = options.transports.split(",");
const socket = new Socket(options.url, {
  path: "/engine.io",
  transports,
  upgrade: !options.stayOnPolling,
  forceBase64: options.forceBase64 === true,
});
socket.binaryType = "nodebuffer";

const expected = [];
let echoed = 0;
let heartbeats = 0;

/** Sends each size as text and as bytes; each is different, so that none passes for another. */
function sendAll() {
  for (const size of sizes) {
    const text = "é€x"[expected.length % 3].repeat(Math.floor(size / 3));
    send(text);
    send(Buffer.alloc(Math.min(Math.max(size, 1), largestBinary), expected.length + 1));
  }
}

function send(message) {
  expected.push(message);
  socket.send(message);
}

const isSame = (one, other) => (Buffer.isBuffer(one) ? Buffer.isBuffer(other) && one.equals(other) : one === (other ?? ""));
const describe = (message) => (Buffer.isBuffer(message) ? `${message.length} bytes` : `${String(message).length} characters`);

/** Waits until everything has come back. */
async function drain() {
  while (echoed < expected.length) {
    await next("message");
  }
  say({ event: "echoed", count: echoed, transport: socket.transport.name });
}

const next = (event) => new Promise((resolve) => socket.once(event, resolve));

socket.on("message", (message) => {
  if (!isSame(expected[echoed], message)) {
    throw new Error(`Message ${echoed} came back as ${describe(message)} and was ${describe(expected[echoed])}.`);
  }
  echoed++;
});
socket.on("ping", () => heartbeats++);
socket.on("upgradeError", (error) => say({ event: "upgradeError", message: error.message }));
socket.on("close", (reason, description) => {
  say({ event: "close", reason, description: [description?.message, description?.description].filter(Boolean).join(" ") });
  process.exit(0);
});

const handshake = next("handshake");
await next("open");
const moves = transports.length > 1 && !options.stayOnPolling;
const arrived = moves ? next("upgrade") : Promise.resolve();
const moving = moves ? next("upgrading") : Promise.resolve();
say({ event: "open", transport: socket.transport.name, upgrades: (await handshake).upgrades });

sendAll();
await moving;
sendAll();
await arrived;
say({ event: "upgrade", transport: socket.transport.name });
sendAll();
await drain();

const enough = heartbeats + (options.heartbeats ?? 0);
while (heartbeats < enough) {
  await next("ping");
}
say({ event: "heartbeats", count: options.heartbeats ?? 0 });

sendAll();
await drain();

// Alone: with an empty buffer among others, the client loses count of what a POST may hold.
send(Buffer.alloc(0));
await drain();

if (options.end === "server") {
  socket.send("close");
} else {
  socket.close();
}
