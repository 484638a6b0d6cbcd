// A WebSocket server of the npm package ws that echoes every message, closes with 4001 when asked to by 'close', and cuts the connection by 'cut'.
//   node ws-server.mjs [--deflate]
// Lines: listening (port), open (extensions), close (code, reason).
import { WebSocketServer } from "ws";
import { options, say } from "./lines.mjs";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: options.deflate ? { threshold: 0 } : false });
server.on("listening", () => say({ event: "listening", port: server.address().port }));
server.on("connection", (socket) => {
  say({ event: "open", extensions: socket.extensions });
  socket.on("message", (data, isBinary) => {
    const text = isBinary ? "" : String(data);
    if (text === "close") {
      socket.close(4001, "because you asked");
    } else if (text === "cut") {
      socket.terminate();
    } else {
      socket.ping("p");
      socket.send(data, { binary: isBinary });
    }
  });
  socket.on("close", (code, reason) => say({ event: "close", code, reason: String(reason) }));
});
