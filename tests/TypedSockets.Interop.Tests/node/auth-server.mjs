// Socket.IO's own server, which asks who its clients are. It accepts in /gate who has a name and a seat up to 100, and refuses others as its middleware does.
// Lines: listening (port), auth (auth).
import { createServer } from "node:http";
import { Server } from "socket.io";
import { say } from "./lines.mjs";

const http = createServer();
const io = new Server(http);
io.of("/gate").use((socket, next) => {
  const { name, seat } = socket.handshake.auth;
  say({ event: "auth", auth: socket.handshake.auth });
  if (name === undefined) {
    next(new Error("No ticket."));
  } else if (seat > 100) {
    next(Object.assign(new Error("No such seat."), { data: { code: "seat", allowed: ["1", "100"] } }));
  } else if (name === "odd") {
    next(Object.assign(new Error("Odd."), { data: 7 }));
  } else {
    next();
  }
});
io.of("/gate").on("connection", (socket) => socket.on("WhoAmI", (answer) => answer(socket.handshake.auth.name)));
http.listen(0, "127.0.0.1", () => say({ event: "listening", port: http.address().port }));
