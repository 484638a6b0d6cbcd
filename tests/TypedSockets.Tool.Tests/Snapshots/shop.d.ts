// Written by 'typedsockets typescript' from Shop.dll. Run it again when a contract has changed: changes made here are lost.

/**
 * What customers are told.
 *
 * What clients are told in the namespace `/shop`: `const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io("/shop");`
 */
export interface ServerToClientEvents {
  /** An order has changed. */
  Changed: (order: Order, prices: { [key: string]: Decimal }) => void;
  Everything: (everything: Everything, shape: Shape | null) => void;
  /**
   * Asks the customer.
   * @param callback Whether they agree.
   */
  Confirm: (question: string, callback: (result: boolean) => void) => void;
  Ping: (callback: () => void) => void;
}

/**
 * What the shop does for its customers.
 *
 * What clients send in the namespace `/shop`: `const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io("/shop");`
 * @remarks Prices are in the currency of the customer's {@link ShopAddress}.
 */
export interface ClientToServerEvents {
  /**
   * Orders goods, and returns `null` when `items` is empty.
   * @param items What is ordered; see `Item.Count`.
   * @param note For the `warehouse`.
   * @param callback The order as it was booked.
   */
  Place: (
    ...args:
      | [items: Item[], callback: (result: Order | null | Fault) => void]
      | [items: Item[], note: string | null, callback: (result: Order | null | Fault) => void]
  ) => void;
  /** Finds goods. */
  "search goods": (
    ...args:
      | [text: string, callback: (result: NullableItemPage | Fault) => void]
      | [text: string, take: number, callback: (result: NullableItemPage | Fault) => void]
      | [text: string, take: number, sorting: Sorting, callback: (result: NullableItemPage | Fault) => void]
  ) => void;
  /**
   * Looks at what is going on:
   *
   * - now: what is new
   * - what was
   */
  Browse: (shelf: string, page?: number | null) => void;
  /**
   * Sends a picture:
   *
   * ```
   * if (picture)
   *     Send(picture); /* at once *\/
   * ```
   * @deprecated Use files.
   */
  Picture: (bytes: Bytes, thumbnail: Bytes | null, callback: (fault?: Fault) => void) => void;
  /** Which account it is. */
  Account: (default_: string, callback: string, callback_: (result: [id: Guid, name: string, range: [number, number] | null] | Fault) => void) => void;
}

/** An order. */
export interface Order {
  /** Counts up. */
  id: Int64;
  /** What was ordered. */
  lines: Item[];
  /** Without taxes. */
  total: Decimal;
  at: DateTimeOffset;
  replaced: Order | null;
  /** How far it is. */
  state: State;
  "delivery-address": ShopAddress | null;
}

export interface Item {
  name: string;
  count: number;
  from: CustomsAddress | null;
}

/** Where goods come from. */
export interface CustomsAddress {
  country: string;
}

/**
 * How far an order is.
 * - `0` Open: It was sent.
 * - `3` Done: It has arrived.
 */
export type State = 0 | 3;

/** Where somebody lives. */
export interface ShopAddress {
  id: Guid;
  label: string | null;
  hint: string | null;
  urlOfMap: string;
}

export interface NullableItemPage {
  items: (Item | null)[];
  first: Item | null;
  next: NullableItemPage | null;
}

/** - `"Name"`: From A to Z. */
export type Sorting = "Name" | "by-price";

/** One of every kind. */
export interface Everything {
  bool: boolean;
  sByte: number;
  uShort: number;
  uLong: UInt64;
  int128: Int128;
  uInt128: UInt128;
  bigInteger: BigInteger;
  half: number;
  float: number;
  double: number | null;
  complex: [real: number, imaginary: number];
  char: string;
  rune: string;
  uri: string | null;
  version: string;
  dateTime: DateTime;
  dateOnly: DateOnly;
  timeOnly: TimeOnly;
  timeSpan: TimeSpan | null;
  bytes: Bytes;
  memory: Bytes | null;
  sequence: Bytes;
  numbers: number[];
  grid: number[][];
  jagged: ((string | null)[] | null)[];
  set: Guid[];
  tuples: [name: string, item2: number][];
  oldTuple: [number, string];
  one: [number];
  long: [a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: string | null, i: number[]];
  pair: StringNullableInt32KeyValuePair;
  map: { [key: string]: string | null };
  byName: { [key in Sorting]?: Rights[] };
  days: { [key: string]: State | null };
  nested: { [key: string]: { [key: string]: Item } | null };
  payment: Payment | null;
  longs: Int64Page;
  addresses: AddressPage;
  inner: StringInt32Inner;
  notAGuid: CustomsGuid;
  money: Money;
  formatted: unknown;
}

export interface StringNullableInt32KeyValuePair {
  key: string;
  value: number | null;
}

/**
 * - `0` None
 * - `1` Read
 * - `2` Write
 */
export type Rights = number;

export type Days = "Monday" | "Tuesday" | number;

/** `kind` says which of them it is; write it first. */
export type Payment =
  | ({ kind: 1 } & Card)
  | ({ kind: 2 } & Cash);

export interface Card {
  number: string;
}

export interface Cash {
  amount: Decimal;
}

export interface Int64Page {
  items: Int64[];
  first: Int64;
  next: Int64Page | null;
}

export interface AddressPage {
  items: CustomsAddress[];
  first: CustomsAddress | null;
  next: AddressPage | null;
}

export interface StringInt32Inner {
  first: string;
  second: number;
  rest: (string | null)[];
}

export interface CustomsGuid {
  name: string;
}

/**
 * An amount and a currency.
 *
 * Code of its own writes it ([PayloadFormatter]), so what it looks like is not known here.
 */
export type Money = unknown;

/**
 * Something to draw.
 *
 * `$type` says which of them it is; write it first.
 */
export type Shape =
  | ({ $type: "circle" } & Circle)
  | ({ $type: "square" } & Square)
  | ({ $type: "any" } & ShapeItself);

export interface Circle {
  color: string | null;
  radius: number;
}

export interface Square {
  color: string | null;
  side: number;
  inside: Shape[];
}

/** Something to draw. */
export interface ShapeItself {
  color: string | null;
}

/**
 * Acknowledges an event that failed, in place of its result. `"$fault" in result` tells it from a result that is an object.
 *
 * - `HandlerFailed`: The handler threw.
 * - `Canceled`: The handler ended because it was cancelled.
 * - `ResultTooLarge`: The handler's result exceeds the caller's limit.
 * - `NotSupported`: The peer's build of the contract does not have the event.
 * - `InvalidArguments`: The arguments are not what the event takes, in number or type; the handler was not called. Between TypedSockets ends the session ends instead.
 * - `Unauthenticated`: The event is only for users who have signed in.
 * - `Forbidden`: The user may not send the event.
 * - `RateLimited`: More events came than the peer takes in a while. It may say for how long to wait.
 */
export interface Fault {
  /** What kind of failure it was. */
  $fault: "HandlerFailed" | "Canceled" | "ResultTooLarge" | "NotSupported" | "InvalidArguments" | "Unauthenticated" | "Forbidden" | "RateLimited";
  /** What the server's exception says; absent or null unless the server shows such details. Of an event that was refused, what the server says about it. */
  message?: string | null;
  /** For how many milliseconds to wait before the event is sent again; absent or null where the server says nothing about it. */
  retryAfter?: number | null;
}

/**
 * An integer of 64 bits.
 * Exact up to 2^53 - 1 (`Number.MAX_SAFE_INTEGER`): beyond it JavaScript rounds what it reads.
 */
export type Int64 = number;

/**
 * An unsigned integer of 64 bits.
 * Exact up to 2^53 - 1 (`Number.MAX_SAFE_INTEGER`): beyond it JavaScript rounds what it reads.
 */
export type UInt64 = number;

/** The digits of an integer of 128 bits; `BigInt(value)` reads them. */
export type Int128 = string;

/** The digits of an unsigned integer of 128 bits; `BigInt(value)` reads them. */
export type UInt128 = string;

/** The digits of an integer of any size; `BigInt(value)` reads them. */
export type BigInteger = string;

/** A decimal number. .NET has 28 digits of it, JavaScript rounds to about 15 when it reads it. */
export type Decimal = number;

/** A GUID: `0f8fad5b-d9cb-469f-a165-70867728950e`. */
export type Guid = string;

/** A point in time in UTC, ISO 8601: `2026-11-22T21:07:01.5Z`. `new Date(value)` reads it, `date.toISOString()` writes it. */
export type DateTime = string;

/** A point in time with its offset from UTC, ISO 8601: `2026-11-22T22:07:01.5+01:00`. `new Date(value)` reads it, `date.toISOString()` writes it. */
export type DateTimeOffset = string;

/** A date: `2026-11-22`. */
export type DateOnly = string;

/** A time of day: `21:07:01`, with up to seven digits of a second's fraction. */
export type TimeOnly = string;

/** A duration: `[-][days.]hh:mm:ss[.fraction]`, such as `1.02:03:04.5`. */
export type TimeSpan = string;

/**
 * Bytes. Either type may be sent. What arrives is an `ArrayBuffer` in a browser, and a `Buffer`, which is a `Uint8Array`, in Node:
 * `value instanceof ArrayBuffer ? new Uint8Array(value) : value` has it as a `Uint8Array` everywhere.
 */
export type Bytes = ArrayBuffer | Uint8Array;
