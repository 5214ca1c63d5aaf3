// Follows the stand-in by long polling and hands on what changed.

import { element } from "/page/bubbles.js";
import { Board } from "/page/board.js";
import { Gallery } from "/page/gallery.js";
import { Play } from "/page/play.js";
import { Strip } from "/page/strip.js";

const longDate = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const at = (id) => document.getElementById(id);
let instance = null;
let version = 0;
let controlLabels = "";

// Returns null when done, otherwise what went wrong in words.
async function send(action, body) {
  const file = body instanceof Blob;
  try {
    const answer = await fetch(`/sandbox/${action}`, {
      method: "POST",
      headers: { "content-type": file ? body.type || "application/octet-stream" : "application/json" },
      body: file ? body : JSON.stringify(body),
    });
    if (answer.ok) return null;
    return (await answer.json()).error ?? `Gagal (${answer.status})`;
  } catch {
    return "Simulasi tidak terjangkau.";
  }
}

const strip = new Strip(at("strip"), { choose: (id) => gallery.choose(id), enter: (id) => gallery.enter(id) });
const gallery = new Gallery(at("columns"), {
  strip,
  send,
  arrival: at("arrival"),
  announce: (text) => { at("heard").textContent = text; },
});

const play = new Play({ send, spotlight: (cue, change) => gallery.spotlight(cue, change) });

const board = new Board({ send });

at("keys-button").addEventListener("click", () => at("keys").showModal());

function showClock(clock) {
  at("clock-time").textContent = clock.now.slice(11, 16).replace(":", ".");
  at("clock-time").dateTime = clock.now;
  at("clock-date").textContent = `${clock.zone} · ${longDate.format(new Date(`${clock.now.slice(0, 10)}T00:00:00Z`))}`;
  if (controlLabels === clock.controls.join("\n")) return;
  controlLabels = clock.controls.join("\n");
  at("clock-controls").replaceChildren(
    ...clock.controls.map((label) =>
      element("button", {
        type: "button",
        onclick: async (event) => {
          const button = event.currentTarget;
          button.setAttribute("aria-busy", "true");
          await send("clock", { label });
          button.removeAttribute("aria-busy");
        },
      }, label),
    ),
  );
}

function show(state) {
  at("bot-name").textContent = state.bot.name;
  document.title = `${state.bot.name} – simulasi Telegram`;
  showClock(state.clock);
  at("complaints").hidden = !state.complaints;
  at("complaints").textContent = `${state.complaints} penolakan API`;
  gallery.update(state.chats, state.bot, { played: state.direction.play?.state === "playing" });
  play.update(state.direction.play);
  board.update(state.direction);
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/sandbox/state?since=${version}&wait=${instance ? 15 : 0}`);
      if (!answer.ok) throw new Error(answer.status);
      const state = await answer.json();
      if (instance && instance !== state.instance) {
        location.reload();
        return;
      }
      instance = state.instance;
      version = state.version;
      at("connection").hidden = true;
      show(state);
    } catch {
      at("connection").hidden = false;
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

follow();
