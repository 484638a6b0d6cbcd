import { io, Socket } from "socket.io-client";
import type { ClientToServerEvents, Fault, JoinReply, Line, Refusal, RoomSummary, ServerToClientEvents } from "../Snapshots/chat";

const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io("/chat");

function isFault(result: unknown): result is Fault {
  return typeof result === "object" && result !== null && "$fault" in result;
}

socket.on("Said", (room, line) => {
  const text: string = `${room} ${line.who}: ${line.text}, ${new Date(line.at).toLocaleTimeString()}`;
  const number: number = line.number;
  console.log(text, number);
});
socket.on("RoomsChanged", rooms => rooms.forEach((room: RoomSummary) => console.log(room.name, room.people)));
socket.emit("Typing", "lobby");
socket.emit("Leave", "lobby", fault => console.log(fault?.message));

async function join(room: string, name: string): Promise<Line[]> {
  const reply = await socket.timeout(5000).emitWithAck("Join", room, name);
  if ("$fault" in reply) {
    const kind: Fault["$fault"] = reply.$fault;
    throw new Error(kind);
  }

  const known: JoinReply = reply;
  return known.joined?.history ?? [];
}

async function others(): Promise<void> {
  const rooms = await socket.emitWithAck("ListRooms");
  if (!isFault(rooms)) {
    const typed: RoomSummary[] = rooms;
    console.log(typed.length);
  }

  const refusal = await socket.emitWithAck("Say", "lobby", "Hello!");
  const said: Refusal | null | Fault = refusal;
  console.log(said);
}

socket.timeout(5000).emit("Join", "lobby", "Ann", (error, reply) => {
  const problem: Error | null = error;
  console.log(problem, "$fault" in reply ? reply.message : reply.refusal?.why);
});

// @ts-expect-error no such event of the server
socket.on("Shouted", () => {});
// @ts-expect-error an event of the server is not to be sent
socket.emit("Arrived", "lobby", "Ann");
// @ts-expect-error a line has no member 'author'
socket.on("Said", (room, line) => console.log(line.author));
// @ts-expect-error the name is missing
socket.emitWithAck("Join", "lobby");
// @ts-expect-error the room is a string
socket.emit("Typing", 5);
// @ts-expect-error nobody would hear of the reply
socket.emit("Join", "lobby", "Ann");
// @ts-expect-error one argument too many
socket.emit("Typing", "lobby", "Ann");

async function misuse(): Promise<void> {
  const reply = await socket.emitWithAck("Join", "lobby", "Ann");
  // @ts-expect-error it may be a fault
  console.log(reply.joined);
  const refusal = await socket.emitWithAck("Say", "lobby", "Hello!");
  if (!isFault(refusal)) {
    // @ts-expect-error it may be null
    console.log(refusal.why);
  }
}

export { join, misuse, others };
