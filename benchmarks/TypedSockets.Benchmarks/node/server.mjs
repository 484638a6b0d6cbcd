// The measured server on Socket.IO: what IBenchServer does, in JavaScript.
//   node --expose-gc server.mjs
// As the other servers do, it prints its port and that of its control channel, and lives as long as its standard input is open. The control channel speaks as ControlServer does,
// from the event loop, so an answer waits for what the loop has at hand; what it tells is all of one moment.
import { createServer as createHttpServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const http = createHttpServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });

// A sum of ticks outgrows what a number holds exactly; adding BigInts one by one would cost more than the event.
const maxPartialSum = 2 ** 52;
let ingested = 0;
let tickSum = 0n;
let partialSum = 0;

const bench = io.of("/bench");
bench.on("connection", (socket) => {
  socket.on("Echo", (line, reply) => reply(line));
  socket.on("Moved", (move) => {
    ingested++;
    partialSum += move.tick;
    if (partialSum > maxPartialSum) {
      carry();
    }
  });
  socket.on("Publish", (line) => bench.emit("Published", line));
});

function carry() {
  tickSum += BigInt(partialSum);
  partialSum = 0;
}

// A ServerSample: CPU in units of 100 ns, bytes allocated, which V8 does not tell, resident bytes, events and ticks.
function sample() {
  carry();
  const { user, system } = process.cpuUsage();
  return `${(user + system) * 10} - ${process.memoryUsage.rss()} ${ingested} ${tickSum}`;
}

const control = createTcpServer({ noDelay: true }, (connection) => {
  // A load generator that was ended in the middle of a run; the next one asks on a connection of its own.
  connection.on("error", () => {});
  createInterface({ input: connection }).on("line", (command) => {
    if (command === "collect") {
      globalThis.gc();
    }

    connection.write(`${sample()}\n`);
  });
});

process.stdin.on("end", () => process.exit()).resume();
http.listen(0, "127.0.0.1", () => control.listen(0, "127.0.0.1", () => console.log(`${http.address().port} ${control.address().port}`)));
