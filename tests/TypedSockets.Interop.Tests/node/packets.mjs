// Socket.IO's own parsers as oracles: socket.io-parser and socket.io-msgpack-parser.
//   node packets.mjs
// Input, one JSON object a line: {parser, messages: […]} asks to decode, {parser, packet: {type, nsp, id, data}} to encode. A message is {text} or {bytes: hexadecimal}.
// Lines: decoded (told: what came of it, as PacketVerdict.cs tells it), encoded (messages).
import { createInterface } from "node:readline";
import * as msgpack from "socket.io-msgpack-parser";
import * as text from "socket.io-parser";
import { say } from "./lines.mjs";

const parsers = { text, msgpack: msgpack.default ?? msgpack };
const types = ["Connect", "Disconnect", "Event", "Ack", "ConnectError"];
const maxShown = 80;

/** A value as JSON, with what JSON lacks as {"$bytes"} and {"$date"}. */
const show = (value) =>
  JSON.stringify(value, function (key, shown) {
    const raw = this[key];
    if (raw instanceof Date) {
      return { $date: raw.getTime() };
    }
    if (raw instanceof ArrayBuffer || ArrayBuffer.isView(raw)) {
      return { $bytes: Buffer.from(raw).toString("hex") };
    }
    return shown;
  });

/** The counterpart of show; {"$undefined"} and {"$view"} are what only JavaScript has. */
const revive = (value) => {
  if (Array.isArray(value)) {
    return value.map(revive);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  switch (Object.keys(value)[0]) {
    case "$bytes":
      return Buffer.from(value.$bytes, "hex");
    case "$view":
      return new Uint8Array(Buffer.from(value.$view, "hex"));
    case "$date":
      return new Date(value.$date);
    case "$undefined":
      return undefined;
    default:
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revive(member)]));
  }
};

const tell = ({ type, nsp, id, data }) => {
  const isEvent = types[type] === "Event" && Array.isArray(data);
  const payload = isEvent ? data.slice(1) : data;
  const parts = [types[type], nsp, id === undefined ? "" : `#${id}`, isEvent ? String(data[0]).toWellFormed() : "", payload === undefined ? "" : show(payload)];
  const told = parts.filter((part) => part !== "").join(" ");
  return told.length > maxShown ? `${told.slice(0, maxShown)}… ${told.length} characters` : told;
};

const decode = ({ parser, messages }) => {
  const told = [];
  const decoder = new parsers[parser].Decoder();
  decoder.on("decoded", (packet) => told.push(tell(packet)));
  try {
    for (const message of messages) {
      decoder.add(message.text ?? Buffer.from(message.bytes, "hex"));
    }
    if (decoder.reconstructor) {
      told.push("waiting");
    }
  } catch {
    told.push("refused");
  }
  return { event: "decoded", told: told.join("; ") };
};

const encode = ({ parser, packet }) => {
  const messages = new parsers[parser].Encoder().encode(revive(packet));
  return { event: "encoded", messages: messages.map((message) => (typeof message === "string" ? { text: message } : { bytes: Buffer.from(message).toString("hex") })) };
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const asked = JSON.parse(line);
  say(asked.messages ? decode(asked) : encode(asked));
});
