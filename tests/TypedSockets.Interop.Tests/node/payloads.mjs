// @msgpack/msgpack and JSON as the other end of our serializers. Answers each line with a line.
//   {"messagePack": base64} → value (see describe), again and exact: base64 of its encoding with the default options and with those that lose nothing; refused and exactRefused: why there is none
//   {"json": text}          → again: the text that JSON.stringify writes of what JSON.parse has read
//   {"sample": name}        → again: base64 of something that only JavaScript would send
import { createInterface } from "node:readline";
import { decode, decodeTimestampToTimeSpec, encode, encodeTimeSpecToTimestamp, ExtensionCodec, ExtData } from "@msgpack/msgpack";
import { say } from "./lines.mjs";

class Timestamp {
  constructor(spec) {
    Object.assign(this, spec);
  }
}

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: -1,
  encode: (value) => (value instanceof Timestamp ? encodeTimeSpecToTimestamp(value) : null),
  decode: (data) => new Timestamp(decodeTimestampToTimeSpec(data)),
});
const exact = { extensionCodec, useBigInt64: true };

/** One text for one value: numbers by their bits, so that no formatting hides a difference. */
function describe(value) {
  switch (typeof value) {
    case "number": {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, value);
      return Number.isNaN(value) ? "#NaN" : `#${view.getBigUint64(0).toString(16).padStart(16, "0")}`;
    }
    case "bigint":
      return `${value}n`;
    case "string":
      return Buffer.from(value, "utf16le").toString("base64") + "s";
  }
  if (value === null || typeof value === "boolean") {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(describe).join()}]`;
  }
  if (value instanceof Timestamp) {
    return `(${value.sec},${value.nsec})`;
  }
  if (value instanceof Uint8Array) {
    return `${Buffer.from(value).toString("base64")}b`;
  }
  // The keys have been described when they were read.
  return `{${Object.entries(value).map(([key, item]) => `${key}:${describe(item)}`).join()}}`;
}

function attempt(action, name) {
  try {
    return action();
  } catch (error) {
    return { [name]: error.message };
  }
}

const base64 = (bytes) => Buffer.from(bytes).toString("base64");

const samples = {
  // A surrogate without its other half, short and long: the two take different ways through the encoder.
  loneSurrogate: () => ["a\ud800b"],
  loneSurrogateInLongText: () => [`a\ud800b${"x".repeat(100)}`],
  // Point, and then members that this end does not know.
  unknownMembers: () => [[1.5, 2.5, null, true, -1, 1e300, "text", new Uint8Array(300), [1, [2, [3]]], { a: { b: [new Date()] } },
    ...[1, 2, 3, 4, 8, 12, 16, 17, 255, 256, 65_535, 65_536].map((length) => new ExtData(5, new Uint8Array(length)))]],
  extension: () => [new ExtData(5, new Uint8Array(4))],
  date: () => [new Date("2026-11-22T10:00:00.123Z")],
  undefinedAndNull: () => [[undefined, null]],
};

function answer({ messagePack, json, sample }) {
  if (json !== undefined) {
    return { again: JSON.stringify(JSON.parse(json)) };
  }
  if (sample !== undefined) {
    return { again: base64(encode(samples[sample]())) };
  }
  const bytes = Buffer.from(messagePack, "base64");
  return {
    ...attempt(() => ({ value: describe(decode(bytes, { ...exact, mapKeyConverter: describe })) }), "unread"),
    ...attempt(() => ({ again: base64(encode(decode(bytes))) }), "refused"),
    ...attempt(() => ({ exact: base64(encode(decode(bytes, exact), exact)) }), "exactRefused"),
  };
}

createInterface({ input: process.stdin }).on("line", (line) => say(answer(JSON.parse(line))));
