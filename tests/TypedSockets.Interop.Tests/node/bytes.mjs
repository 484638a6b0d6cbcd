// Bytes in the lines that programs exchange with tests: {$bytes: base64}.

export function pack(value) {
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) {
    return { $bytes: Buffer.from(value).toString("base64") };
  }

  return map(value, pack);
}

export function unpack(value) {
  return typeof value?.$bytes === "string" ? Buffer.from(value.$bytes, "base64") : map(value, unpack);
}

function map(value, convert) {
  if (Array.isArray(value)) {
    return value.map(convert);
  }

  return value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, convert(member)])) : value;
}
