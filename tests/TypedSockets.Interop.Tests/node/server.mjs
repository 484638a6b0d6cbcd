// Engine.IO's own server, which echoes every message: what our server is compared with.
//   node server.mjs [--pingInterval=ms] [--pingTimeout=ms]
// A message 'close' ends its session from the server's side. Lines: listening (port), arrived (request), close (sid, reason, description).
import { createServer } from "node:http";
import { Server } from "engine.io";
import { options, say } from "./lines.mjs";

const http = createServer((request, response) => response.writeHead(404).end());
const engine = new Server({
  pingInterval: options.pingInterval ?? 25_000,
  pingTimeout: options.pingTimeout ?? 20_000,
  maxHttpBufferSize: 1_000_000,
  transports: ["polling", "websocket"],
  cors: { origin: "*" },
});
engine.attach(http, { path: "/engine.io" });

// Runs behind the engine's own listener, and says so once the engine holds the request: so a test knows what it sends next comes second.
http.on("request", (request) => {
  const id = request.headers["x-request-id"];
  if (id !== undefined) {
    setImmediate(() => say({ event: "arrived", request: id }));
  }
});

engine.on("connection", (socket) => {
  socket.on("message", (data) => {
    if (data === "close") {
      // Not while the POST that carries it is read: closing then resets that POST.
      setImmediate(() => socket.close());
    } else {
      socket.send(data);
    }
  });
  socket.on("close", (reason, description) => say({ event: "close", sid: socket.id, reason, description: String(description?.message ?? description ?? "") }));
});

http.listen(0, "127.0.0.1", () => say({ event: "listening", port: http.address().port }));
