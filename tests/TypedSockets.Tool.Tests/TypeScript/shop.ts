import { io, Socket } from "socket.io-client";
import type * as shop from "../Snapshots/shop";

const socket: Socket<shop.ServerToClientEvents, shop.ClientToServerEvents> = io("/shop");

const address: shop.ShopAddress = { id: "0f8fad5b-d9cb-469f-a165-70867728950e", label: null, hint: null, urlOfMap: "" };
const item: shop.Item = { name: "tea", count: 2, from: { country: "India" } };
const order: shop.Order = {
  id: 1, lines: [item], total: 9.5, at: new Date().toISOString(), replaced: null, state: 3, "delivery-address": address,
};

// What may be left out may be left out before the callback as well.
async function send(): Promise<void> {
  const placed: shop.Order | null | shop.Fault = await socket.emitWithAck("Place", [item]);
  await socket.emitWithAck("Place", [item], null);
  await socket.emitWithAck("Place", [item], "at the door");
  const found = await socket.emitWithAck("search goods", "tea", 20, "by-price");
  if (!("$fault" in found)) {
    const first: shop.Item | null = found.first ?? found.items[0] ?? null;
    const next: shop.NullableItemPage | null = found.next;
    console.log(first, next, placed);
  }

  const account = await socket.emitWithAck("Account", "mine", "yours");
  if (!("$fault" in account)) {
    const [id, name, range]: [string, string, [number, number] | null] = account;
    console.log(id, name, range);
  }

  const failed: shop.Fault | undefined = await socket.emitWithAck("Picture", new Uint8Array(3), new ArrayBuffer(3));
  socket.emit("Browse", "teas");
  socket.emit("Browse", "teas", null);
  socket.emit("Place", [item], result => console.log(result, failed));
  socket.timeout(100).emit("Place", [item], "at the door", (error, result) => console.log(error.message, result));
}

// The customer answers.
socket.on("Confirm", (question, callback) => callback(question.length > 3));
socket.on("Ping", callback => callback());
socket.on("Changed", (changed, prices) => console.log(changed.replaced?.replaced?.id, prices["tea"]));

function area(shape: shop.Shape): number {
  switch (shape.$type) {
    case "circle":
      return Math.PI * shape.radius ** 2;
    case "square":
      return shape.side ** 2 + shape.inside.map(area).reduce((sum, next) => sum + next, 0);
    case "any":
      return 0;
  }
}

function describe(payment: shop.Payment): string {
  return payment.kind === 1 ? payment.number : payment.amount.toFixed(2);
}

socket.on("Everything", (everything, shape) => {
  const bytes: Uint8Array = everything.bytes instanceof ArrayBuffer ? new Uint8Array(everything.bytes) : everything.bytes;
  const large: bigint = BigInt(everything.int128) + BigInt(everything.bigInteger);
  const [real, imaginary] = everything.complex;
  const last: number[] = everything.long[8];
  const rights: number | undefined = everything.byName["by-price"]?.[0];
  const deep: string | undefined = everything.nested["a"]?.["b"]?.name;
  const cell: number | undefined = everything.grid[0]?.[0];
  const jagged: (string | null)[] | null | undefined = everything.jagged[0];
  const names: string[] = everything.tuples.map(([name]) => name);
  const old: number = everything.oldTuple[0] + everything.one[0];
  console.log(bytes, large, real, imaginary, last, rights, deep, cell, jagged, names, old, shape === null ? 0 : area(shape));
  console.log(everything.pair.value?.toFixed(), everything.payment === null ? "" : describe(everything.payment), everything.addresses.items[0]?.country);
  // @ts-expect-error nobody knows what it looks like
  console.log(everything.money.amount);
  // @ts-expect-error it is a text
  const when: Date = everything.dateTime;
  // @ts-expect-error there is no such sorting
  console.log(everything.byName["by-name"], when);
});

// @ts-expect-error it is not left out by 'undefined': JSON has null for that
socket.emitWithAck("Place", [item], undefined);
// @ts-expect-error the wrong type behind what may be left out
socket.emitWithAck("search goods", "tea", "20");
// @ts-expect-error no such sorting
socket.emitWithAck("search goods", "tea", 20, "by-name");
// @ts-expect-error an order has no number 7
const wrongState: shop.Order = { ...order, state: 7 };
// @ts-expect-error a member is missing
const wrongItem: shop.Item = { name: "tea", count: 1 };
// @ts-expect-error what does not travel is not there
console.log(order.secret, order.taxes, wrongState, wrongItem);
// @ts-expect-error a circle has no side
const wrongShape: shop.Shape = { $type: "circle", color: null, side: 1 };
// @ts-expect-error the answer is a boolean
socket.on("Confirm", (question, callback) => callback(question));
// @ts-expect-error numbers are not bytes
socket.emit("Picture", [1, 2, 3], null, () => {});

export { send, wrongShape };
