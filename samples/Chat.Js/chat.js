// The chat's page for people who write JavaScript: stock socket.io-client, typed by contract.d.ts, which 'typedsockets typescript' has written. TypeScript checks it as it stands.
import { io } from "socket.io-client";
import { ask, hue, initial, when } from "./words.js";

/** @import { Socket } from "socket.io-client" */
/** @import { ClientToServerEvents, Line, RoomSummary, ServerToClientEvents } from "./contract" */

const typingShown = 4000;
const sentences = /** @type {Record<string, string>} */ ({
  "io server disconnect": "The server ended the connection.",
  "io client disconnect": "You closed the connection.",
  "ping timeout": "Nothing was heard from the server.",
  "transport close": "The transport was closed without a goodbye.",
  "transport error": "The transport failed.",
  "parse error": "The server sent something that cannot be read.",
});

/** @type {Socket<ServerToClientEvents, ClientToServerEvents>} */
const socket = io("/chat");

/** What the page knows: who the person is, where, and what happens there. */
const state = {
  name: "",
  /** @type {string | null} */ room: null,
  /** @type {string | null} */ entering: null,
  /** @type {(() => void)[]} What came for a room before the answer to entering it. */ early: [],
  /** @type {RoomSummary[]} */ rooms: [],
  /** @type {Set<string>} */ members: new Set(),
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */ writers: new Map(),
  lastNumber: 0,
  lastWho: "",
  lastReason: "",
  typingToldAt: 0,
};

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) {
    throw new Error(`The page has no '${id}'.`);
  }
  return element;
}

const page = {
  entrance: find("entrance", HTMLElement),
  chat: find("chat", HTMLElement),
  name: find("name", HTMLInputElement),
  room: find("room", HTMLInputElement),
  enter: find("enter", HTMLButtonElement),
  chips: find("chips", HTMLElement),
  joinProblem: find("join-problem", HTMLElement),
  menu: find("menu", HTMLButtonElement),
  rooms: find("rooms", HTMLElement),
  people: find("people", HTMLElement),
  log: find("log", HTMLElement),
  typing: find("typing", HTMLElement),
  text: find("text", HTMLInputElement),
  send: find("send", HTMLButtonElement),
  problem: find("problem", HTMLElement),
};

/** @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} children */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

/** @param {string} who */
const avatar = (who) => make("span", { class: "avatar", style: `--hue: ${hue(who)}`, "aria-hidden": "true" }, initial(who));

function showConnection() {
  const isUp = socket.connected;
  const isOver = !isUp && !socket.active;
  const polling = socket.io.engine?.transport?.name === "polling";
  const text = isUp ? (polling ? "Connected by polling" : "Connected") : isOver ? "Disconnected" : state.lastReason ? "Reconnecting…" : "Connecting…";
  for (const status of document.querySelectorAll(".connection")) {
    status.classList.toggle("down", !isUp);
    const [, words, reason] = status.children;
    words?.replaceChildren(text);
    reason?.replaceChildren(isUp ? "" : state.lastReason);
  }
  document.querySelectorAll(".reconnect").forEach((button) => button.toggleAttribute("hidden", !isOver));
  page.enter.disabled = !isUp;
  showSend();
}

function showSend() {
  page.send.disabled = !socket.connected || page.text.value.trim() === "";
}

function showPeople() {
  const members = [...state.members].sort((one, other) => one.localeCompare(other));
  page.people.replaceChildren(...members.map((who) => make("li", {}, avatar(who), make("span", {}, who))));
  find("crowd", HTMLElement).textContent = `${members.length} ${members.length === 1 ? "person" : "people"}`;
  const writers = [...state.writers.keys()];
  page.typing.textContent =
    writers.length > 2 ? `${writers.length} people are typing…` : writers.length === 0 ? "" : `${writers.join(" and ")} ${writers.length === 1 ? "is" : "are"} typing…`;
}

function showRooms() {
  page.chips.hidden = state.rooms.length === 0;
  page.chips.replaceChildren(
    ...state.rooms.map((room) => {
      const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(room.name === page.room.value.trim().toLowerCase()) }, `#${room.name} `, make("span", { class: "count" }, String(room.people)));
      chip.addEventListener("click", () => {
        page.room.value = room.name;
        showRooms();
      });
      return chip;
    }),
  );
  page.rooms.replaceChildren(
    ...state.rooms.map((room) => {
      const button = make("button", { type: "button" }, make("span", {}, `#${room.name}`), make("span", { class: "count", "aria-label": `${room.people} people` }, String(room.people)));
      if (room.name === state.room) {
        button.setAttribute("aria-current", "true");
      }
      button.addEventListener("click", () => void enter(room.name, state.name).then(() => togglePanel(false)));
      return make("li", {}, button);
    }),
  );
}

/** @param {Line} line */
function showLine(line) {
  const classes = ["line", line.who.toLowerCase() === state.name.toLowerCase() ? "mine" : "", line.who === state.lastWho ? "goes-on" : ""];
  const meta = make("p", { class: "meta" }, make("strong", {}, line.who), " ", make("time", { datetime: line.at }, when(line.at)));
  page.log.append(make("li", { class: classes.join(" ") }, avatar(line.who), make("div", { class: "bubble" }, meta, make("p", { class: "text" }, line.text))));
  state.lastNumber = line.number;
  state.lastWho = line.who;
}

/** @param {string} text */
function showNotice(text) {
  const now = new Date().toISOString();
  page.log.append(make("li", { class: "notice" }, make("time", { datetime: now }, when(now)), ` ${text}`));
  state.lastWho = "";
}

/** @param {boolean} isOpen */
function togglePanel(isOpen) {
  page.chat.classList.toggle("panel-open", isOpen);
  page.menu.setAttribute("aria-expanded", String(isOpen));
}

/** Enters a room and leaves the one before. @param {string} room @param {string} name */
async function enter(room, name) {
  const before = state.room;
  state.early = [];
  state.entering = room.trim().toLowerCase();
  const { result, problem } = await ask(() => socket.timeout(10_000).emitWithAck("Join", room, name));
  state.entering = null;
  const why = problem ?? result?.refusal?.why ?? "";
  page.joinProblem.textContent = page.problem.textContent = why;
  const joined = result?.joined;
  if (!joined) {
    return false;
  }

  const isNew = joined.room !== before;
  Object.assign(state, { room: joined.room, name: name.trim(), members: new Set(joined.members), lastNumber: 0, lastWho: "" });
  forgetWriters();
  page.log.replaceChildren();
  joined.history.forEach(showLine);
  state.early.forEach((change) => change());
  localStorage.setItem("name", state.name);
  history.replaceState(null, "", `?room=${encodeURIComponent(joined.room)}`);
  page.entrance.hidden = true;
  page.chat.hidden = false;
  find("title", HTMLElement).textContent = `#${joined.room}`;
  find("self", HTMLElement).textContent = state.name;
  find("self-avatar", HTMLElement).replaceChildren(avatar(state.name));
  find("text-label", HTMLElement).textContent = page.text.placeholder = `Message to #${joined.room}`;
  showPeople();
  showRooms();
  if (isNew) {
    page.text.focus();
    if (before !== null) {
      await ask(() => socket.timeout(10_000).emitWithAck("Leave", before));
    }
  }
  return true;
}

async function leave() {
  const room = state.room;
  state.room = null;
  page.chat.hidden = true;
  page.entrance.hidden = false;
  togglePanel(false);
  if (room !== null) {
    await ask(() => socket.timeout(10_000).emitWithAck("Leave", room));
  }
}

async function say() {
  const text = page.text.value;
  const room = state.room;
  if (room === null || text.trim() === "" || !socket.connected) {
    return;
  }

  page.text.value = "";
  showSend();
  const { result, problem } = await ask(() => socket.timeout(10_000).emitWithAck("Say", room, text));
  page.problem.textContent = problem ?? result?.why ?? "";
  if (page.problem.textContent !== "" && page.text.value === "") {
    page.text.value = text;
    showSend();
  }
}

function noteTyping() {
  const now = Date.now();
  if (state.room !== null && socket.connected && page.text.value.trim() !== "" && now - state.typingToldAt >= typingShown / 2) {
    state.typingToldAt = now;
    socket.emit("Typing", state.room);
  }
}

/** @param {string} who */
function forgetWriter(who) {
  clearTimeout(state.writers.get(who));
  state.writers.delete(who);
}

const forgetWriters = () => [...state.writers.keys()].forEach(forgetWriter);

/** Shows what happens in the room, and keeps what comes before the answer to entering it. @param {string} room @param {() => void} change */
function inRoom(room, change) {
  if (room === state.entering) {
    state.early.push(change);
  } else if (room === state.room) {
    change();
    showPeople();
  }
}

socket.on("Said", (room, line) =>
  inRoom(room, () => {
    if (line.number > state.lastNumber) {
      forgetWriter(line.who);
      showLine(line);
    }
  }),
);
socket.on("Typing", (room, who) =>
  inRoom(room, () => {
    forgetWriter(who);
    state.writers.set(who, setTimeout(() => inRoom(room, () => forgetWriter(who)), typingShown));
  }),
);
socket.on("Arrived", (room, who) =>
  inRoom(room, () => {
    if (!state.members.has(who)) {
      state.members.add(who);
      showNotice(`${who} came in.`);
    }
  }),
);
socket.on("Departed", (room, who, why) =>
  inRoom(room, () => {
    forgetWriter(who);
    if (state.members.delete(who)) {
      showNotice(`${who} ${why}.`);
    }
  }),
);
socket.on("RoomsChanged", (rooms) => {
  state.rooms = rooms;
  showRooms();
});

socket.on("connect", async () => {
  socket.io.engine.on("upgrade", showConnection);
  showConnection();
  // The server knows nothing of the connection before, so what was missed comes with the history.
  if (state.room !== null && (await enter(state.room, state.name))) {
    showNotice(`You are back. ${state.lastReason}`);
  }
});
socket.on("disconnect", (reason) => {
  state.lastReason = sentences[reason] ?? reason;
  showConnection();
});
socket.on("connect_error", (error) => {
  // A server that is away says less than what ended the connection that there was.
  state.lastReason ||= `The connection cannot be made: ${error.message}.`;
  showConnection();
});

find("join", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void enter(page.room.value, page.name.value);
});
find("composer", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void say();
});
page.text.addEventListener("input", () => {
  showSend();
  noteTyping();
});
page.room.addEventListener("input", showRooms);
page.menu.addEventListener("click", () => togglePanel(!page.chat.classList.contains("panel-open")));
find("leave", HTMLButtonElement).addEventListener("click", () => void leave());
document.querySelectorAll(".reconnect").forEach((button) => button.addEventListener("click", () => socket.connect()));

// A browser may keep a page that was left for the way back, its WebSocket open: the others would see somebody who is not there until the heartbeat fails.
addEventListener("pagehide", (event) => event.persisted && socket.disconnect());
addEventListener("pageshow", (event) => event.persisted && socket.connect());

page.name.value ||= localStorage.getItem("name") ?? "";
page.room.value = new URLSearchParams(location.search).get("room") ?? page.room.value;
