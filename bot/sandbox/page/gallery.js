// All chats side by side, or one at a time on a phone. The chat that gets a card comes into view.

import { Column } from "/page/column.js";

const narrow = matchMedia("(max-width: 720px)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const HINT = {
  first: "Mulailah di sini: tulis masalahnya, misalnya “SIMPEG tidak dapat dibuka sejak pagi”, atau lampirkan foto.",
  private: "Belum ada pesan. Yang ditugaskan kepada orang ini muncul di sini.",
  group: "Grup dengan bot di dalamnya. Tulis /lapor diikuti masalahnya, atau balas (⋯) sebuah pesan dengan /lapor: pesan itu menjadi laporan.",
};

const known = (chat) => `${chat.title}${chat.about ? `, ${chat.about}` : ""}`;

export class Gallery {
  constructor(root, { strip, send, arrival, announce }) {
    this.root = root;
    this.strip = strip;
    this.send = send;
    this.arrival = arrival;
    this.announce = announce;
    this.columns = new Map();
    this.chosen = null;
    this.newest = 0;
    arrival.querySelector("button").addEventListener("click", () => this.choose(this.arrived));
  }

  // While something is `played`, the play decides who is in view.
  update(chats, bot, { played }) {
    const first = this.columns.size === 0;
    for (const chat of chats) {
      this.strip.update(chat);
      const column = this.columns.get(chat.id);
      if (column) column.update(chat);
      else this.#add(chat, bot);
    }
    if (this.chosen === null && this.columns.size) this.choose(this.columns.keys().next().value);
    if (played) this.arrival.hidden = true;
    this.#welcome(chats, { quietly: first || played });
  }

  // Look at a chat: it comes into view, and what it holds is read.
  choose(id) {
    const column = this.columns.get(id);
    if (!column) return;
    this.#attend(id);
    this.#bringIntoView(column);
  }

  // In a play: the chat in which something is done next, and the button that is tapped or the words that are written.
  spotlight(cue, { changed }) {
    for (const column of this.columns.values()) column.cue(cue && cue.chat === column.chat.id ? cue : null);
    if (cue && changed) this.choose(cue.chat);
  }

  enter(id) {
    this.choose(id);
    this.columns.get(id)?.enter();
  }

  #add(chat, bot) {
    const kind = chat.kind === "private" ? (this.columns.size ? "private" : "first") : "group";
    const column = new Column(chat, {
      send: this.send,
      bot,
      hint: HINT[kind],
      attend: () => this.#attend(chat.id),
      counted: (count, loud) => this.strip.unread(chat.id, count, loud),
      leave: () => this.strip.focus(chat.id),
    });
    this.columns.set(chat.id, column);
    this.root.append(column.root);
  }

  #attend(id) {
    if (this.chosen !== id) {
      this.columns.get(this.chosen)?.attended(false);
      this.chosen = id;
      this.columns.get(id).attended(true);
      this.strip.current(id);
      // The mark in the strip still says where something waits.
      this.arrival.hidden = true;
    }
    if (this.arrived === id) this.arrival.hidden = true;
  }

  // Of what came in, the newest message that makes a sound is announced. The newest card among them, which has buttons,
  // decides which chat comes into view: a message that only tells something does not take the view from who is at work.
  #welcome(chats, { quietly }) {
    const loud = chats.flatMap((chat) =>
      chat.messages.filter((one) => one.id > this.newest && one.sender.bot && !one.silent && !one.deleted).map((one) => ({ chat, id: one.id, card: one.buttons.length > 0 })),
    );
    this.newest = Math.max(this.newest, ...chats.flatMap((chat) => chat.messages.map((one) => one.id)));
    loud.sort((one, other) => one.id - other.id);
    const heard = loud.at(-1)?.chat;
    if (quietly || !heard) return;
    if (heard.id !== this.chosen) this.announce(`Pesan baru untuk ${known(heard)}`);
    const last = loud.filter((one) => one.card).at(-1)?.chat;
    if (!last || last.id === this.chosen || this.columns.get(this.chosen)?.composer.busy) return;
    if (!narrow.matches) {
      this.#bringIntoView(this.columns.get(last.id));
      return;
    }
    this.arrived = last.id;
    this.arrival.querySelector("span").textContent = `${known(last)} mendapat pesan`;
    this.arrival.hidden = false;
  }

  // As little as possible is moved, so that a chat keeps its place on the screen.
  #bringIntoView(column) {
    column.root.scrollIntoView({ inline: "nearest", block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  }
}
