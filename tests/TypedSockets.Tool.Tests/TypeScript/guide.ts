import { io, Socket } from "socket.io-client";
import type { ClientToServerEvents, Fault, ServerToClientEvents } from "../Snapshots/chat";

const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io("/chat");     // the contract's namespace

socket.on("Said", (room, line) => console.log(room, line.who, new Date(line.at)));  // line: Line
socket.emit("Typing", "lobby");

const reply = await socket.timeout(5000).emitWithAck("Join", "lobby", "Ann");       // JoinReply | Fault
if ("$fault" in reply) {
  console.error(reply.$fault, reply.message);
} else {
  console.log(reply.joined?.members);
}

function isFault(result: unknown): result is Fault {
  return typeof result === "object" && result !== null && "$fault" in result;
}
