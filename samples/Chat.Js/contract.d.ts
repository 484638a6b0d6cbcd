// Written by 'typedsockets typescript' from Chat.Contracts.dll. Run it again when a contract has changed: changes made here are lost.

/**
 * What the server tells people in the chat.
 *
 * What clients are told in the namespace `/chat`: `const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io("/chat");`
 */
export interface ServerToClientEvents {
  /** Somebody, oneself included, said something. */
  Said: (room: string, line: Line) => void;
  /** Somebody else is writing. */
  Typing: (room: string, who: string) => void;
  /** Somebody else came into the room. */
  Arrived: (room: string, who: string) => void;
  /** Somebody else is gone, and why: a clause that continues the name, such as "closed the tab". */
  Departed: (room: string, who: string, why: string) => void;
  /** Which rooms are open: told to whoever connects, and to everybody when rooms or the people in them change. */
  RoomsChanged: (rooms: RoomSummary[]) => void;
}

/**
 * What people in the chat can ask of the server.
 *
 * What clients send in the namespace `/chat`: `const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io("/chat");`
 */
export interface ClientToServerEvents {
  /** The rooms that are open, by name. */
  ListRooms: (callback: (result: RoomSummary[] | Fault) => void) => void;
  /** Enters a room, and opens it when nobody did before. A name stands for one person: whoever joins again under it, in another tab or after a lost connection, is the same person. */
  Join: (room: string, name: string, callback: (result: JoinReply | Fault) => void) => void;
  /** Leaves a room. */
  Leave: (room: string, callback: (fault?: Fault) => void) => void;
  /** Says something to everybody in a room that was joined. Returns null when it was said, else why it was not. */
  Say: (room: string, text: string, callback: (result: Refusal | null | Fault) => void) => void;
  /** Tells the others in a room that a text is being written. */
  Typing: (room: string) => void;
}

/** One line in the list of rooms. */
export interface RoomSummary {
  /** The room's name. */
  name: string;
  /** How many people are in it. */
  people: number;
}

/** The answer to joining: exactly one of the two is set. */
export interface JoinReply {
  /** What there is to see in the room. */
  joined: Joined | null;
  /** Why the room was not joined. */
  refusal: Refusal | null;
}

/** What somebody finds who enters a room. */
export interface Joined {
  /** The room's name, as `ChatRules.Normalize` spells it. */
  room: string;
  /** Who is there, oneself included, sorted. */
  members: string[];
  /** What was said last, oldest first. */
  history: Line[];
}

/** One thing that was said in a room. */
export interface Line {
  /** Counts up in the room. */
  number: Int64;
  /** Who said it. */
  who: string;
  /** What was said. */
  text: string;
  /** When the server received it. */
  at: DateTimeOffset;
}

/** Why the server did not do what it was asked for. */
export interface Refusal {
  /** A sentence for the person who asked. */
  why: string;
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

/** A point in time with its offset from UTC, ISO 8601: `2026-11-22T22:07:01.5+01:00`. `new Date(value)` reads it, `date.toISOString()` writes it. */
export type DateTimeOffset = string;
