// One chat: its messages, its composer, its toasts.

import { bubble, element } from "/page/bubbles.js";
import { Composer } from "/page/composer.js";
import { Rover } from "/page/roving.js";
import { hue, initials } from "/page/strip.js";

const dayName = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const newestOf = (chat) => Math.max(0, ...chat.messages.map((message) => message.id));

export class Column {
  // `attend()` is called when somebody touches this chat, `counted(unread, loud)` when its unread messages change.
  constructor(chat, { send, bot, hint, attend, counted, leave }) {
    this.hint = hint;
    this.send = send;
    this.bot = bot;
    this.counted = counted;
    this.current = false;
    this.private = chat.kind === "private";
    this.nodes = new Map();
    this.toastsTold = new Set(chat.toasts.map((toast) => toast.id));
    this.readUpTo = newestOf(chat);
    this.root = document.getElementById("column-template").content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.root.querySelector(selector);
    this.messages = this.find(".messages");
    this.list = this.find(".list");
    this.rover = new Rover(this.messages);
    this.sticky = true;
    this.composer = new Composer(this.root, {
      act: (action, body) => this.#do(action, body),
      who: () => ({ person: this.speaker, chat: this.chat.id }),
      sent: () => this.#toBottom(),
    });
    this.#wire(attend, leave);
    this.update(chat);
    this.attended(false);
    this.#toBottom();
  }

  get speaker() {
    return this.private ? this.chat.id : Number(this.find(".speaker").value);
  }

  update(chat) {
    this.chat = chat;
    this.#head(chat);
    this.composer.update(chat);
    this.#speakers(chat);
    this.#draw(chat);
    this.#measureQuotes();
    if (this.sticky) this.#toBottom();
    this.#countUnread();
    this.#obeyForceReply(chat);
    for (const toast of chat.toasts) {
      if (this.toastsTold.has(toast.id)) continue;
      this.toastsTold.add(toast.id);
      if (toast.text) this.#tell(toast);
    }
  }

  // Whether this is the chat that somebody looks at. Only that one is on the way of the Tab key, and is read aloud.
  attended(current) {
    this.current = current;
    this.root.classList.toggle("current", current);
    this.messages.setAttribute("aria-live", current ? "polite" : "off");
    this.rover.open = current;
    for (const node of this.root.querySelectorAll("header button, footer button, footer textarea, footer select, .to-bottom")) {
      node.tabIndex = current ? 0 : -1;
    }
    if (current) this.#read();
  }

  // Take the keyboard to what is to be done here: the newest card, or the box to write in.
  enter() {
    const pending = this.chat.messages.some((message) => message.buttons.length && !message.deleted);
    if (!pending || !this.rover.enter()) this.composer.text.focus({ preventScroll: true });
  }

  // What is done here next in a play: a tap shows on the newest button with that label, words where they are written.
  cue(next) {
    const buttons = next?.kind === "tap" ? [...this.list.querySelectorAll(".keyboard button")] : [];
    const button = buttons.filter((node) => node.textContent.includes(next.words)).at(-1);
    const cued = next?.kind === "write" ? this.find("form") : button;
    for (const node of this.root.querySelectorAll(".cued")) if (node !== cued) node.classList.remove("cued");
    cued?.classList.add("cued");
    this.composer.ghost(next?.kind === "write" ? next.words : "");
  }

  #head(chat) {
    this.find("h2").textContent = chat.title;
    this.find(".who span").textContent = chat.about || (this.private ? `id ${chat.id}` : `${chat.members.length} anggota`);
    this.find(".avatar").textContent = initials(chat.title);
    this.find(".avatar").style.setProperty("--hue", hue(chat.id));
    this.root.setAttribute("aria-label", `Percakapan ${chat.title}${chat.about ? `, ${chat.about}` : ""}`);
    this.messages.setAttribute("aria-label", `Pesan dengan ${chat.title}`);
    this.composer.text.setAttribute("aria-label", `Tulis sebagai ${chat.title}`);
    this.root.classList.toggle("blocked", chat.blocked);
    const block = this.find(".block");
    block.textContent = chat.blocked ? "Diblokir" : "Blokir";
    block.setAttribute("aria-label", chat.blocked ? `Diblokir: buka blokir bot untuk ${chat.title}` : `Blokir bot sebagai ${chat.title}`);
    block.hidden = !this.private;
  }

  // A client opens the reply by itself when the bot's newest message asks for one.
  #obeyForceReply(chat) {
    const newest = chat.messages.filter((message) => !message.deleted).at(-1);
    if (!newest?.force_reply || this.forced === newest.id || this.composer.context) return;
    this.forced = newest.id;
    this.composer.enter({ kind: "reply", message: newest }, { focus: this.#attended() });
  }

  #speakers(chat) {
    const select = this.find(".speaker");
    select.hidden = this.private;
    if (this.private || select.options.length === chat.members.length) return;
    select.replaceChildren(...chat.members.map((member) => element("option", { value: member.id }, `Sebagai ${member.name}`)));
  }

  #draw(chat) {
    const focused = this.rover.place();
    const wanted = [];
    let day = "";
    const runs = [];
    for (const message of chat.messages.filter((one) => !one.deleted)) {
      const album = message.group && runs.find((run) => run[0].group === message.group);
      if (album) album.push(message);
      else runs.push([message]);
    }
    const fresh = new Map();
    const keep = (key, make) => {
      const node = this.nodes.get(key) ?? make();
      fresh.set(key, node);
      wanted.push(node);
    };
    for (const run of runs) {
      const [first] = run;
      const date = first.date.slice(0, 10);
      if (date !== day) {
        day = date;
        keep(`day ${date}`, () => element("h3", { class: "day" }, dayName.format(new Date(`${date}T00:00:00Z`))));
      }
      if (first.id > this.readUpTo && !fresh.has("unread") && first.sender.bot && !this.#attended()) {
        keep("unread", () => element("div", { class: "mark-unread" }, "Pesan belum dibaca"));
      }
      const pending = run.flatMap((message) => message.buttons.flat()).map((button) => Number(button.pending)).join("");
      const key = `${run.map((message) => `${message.id}.${message.revision}`).join(" ")} ${pending}`;
      const mine = this.private ? !first.sender.bot : first.sender.id === this.speaker;
      keep(key, () => bubble(run, { mine, showSender: !this.private && !mine, actions: this.#actions() }));
    }
    if (!runs.length) keep("empty", () => element("p", { class: "empty" }, this.hint));
    this.nodes = fresh;
    this.#arrange(wanted);
    this.rover.refresh();
    this.rover.restore(focused);
  }

  #arrange(wanted) {
    let place = this.list.firstChild;
    for (const node of wanted) {
      if (node === place) place = place.nextSibling;
      else this.list.insertBefore(node, place);
    }
    while (place) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
  }

  // As in the client, only a quote of more than three lines has something to unfold.
  #measureQuotes() {
    for (const quote of this.list.querySelectorAll("blockquote.folded")) {
      if (quote.clientHeight) quote.classList.toggle("short", quote.scrollHeight <= quote.clientHeight);
    }
  }

  #actions() {
    const base = () => ({ person: this.speaker, chat: this.chat.id });
    return {
      startCode: (address) => {
        const found = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)(?:\?start=[\w-]*)?$/i.exec(address ?? "");
        return found !== null && found[1].toLowerCase() === (this.bot.username ?? "").toLowerCase();
      },
      follow: (link) => this.#do("follow", { person: this.speaker, link: /^https?:/i.test(link) ? link : `https://${link}` }),
      say: (text) => this.#do("say", { ...base(), text }),
      tap: (message, row, column) => this.#do("tap", { ...base(), message_id: message.id, row, column }),
      remove: (message) => this.#do("delete", { ...base(), message_id: message.id }),
      reply: (message) => this.composer.enter({ kind: "reply", message }),
      edit: (message) => this.composer.enter({ kind: "edit", message }),
      show: (id) => {
        const node = this.messages.querySelector(`[data-id="${id}"]`);
        if (!node) return;
        node.scrollIntoView({ block: "center", behavior: "smooth" });
        node.classList.remove("flash");
        void node.offsetWidth;
        node.classList.add("flash");
      },
    };
  }

  #wire(attend, leave) {
    this.composer.text.addEventListener("focus", () => this.#read());
    this.find(".block").addEventListener("click", () => this.#do("block", { person: this.chat.id, blocked: !this.chat.blocked }));
    this.find(".to-bottom").addEventListener("click", () => { this.#toBottom(); this.#read(); });
    this.find(".speaker").addEventListener("change", () => { this.nodes.clear(); this.update(this.chat); });
    this.messages.addEventListener("scroll", () => {
      const gap = this.messages.scrollHeight - this.messages.scrollTop - this.messages.clientHeight;
      this.sticky = gap < 60;
      this.find(".to-bottom").hidden = gap < 120;
    });
    // The newest message stays in view also where the room for messages gets less.
    const sized = new ResizeObserver(() => { this.#measureQuotes(); if (this.sticky) this.#toBottom(); });
    for (const each of [this.list, this.messages]) sized.observe(each);
    this.root.addEventListener("pointerdown", () => { attend(); this.#read(); }, true);
    this.root.addEventListener("focusin", attend);
    this.root.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
  }

  async #do(action, body) {
    this.#read();
    const problem = await this.send(action, body);
    if (problem) this.#tell({ text: problem, wrong: true });
    return !problem;
  }

  #tell({ text, alert, wrong }) {
    if (alert) {
      const dialog = document.getElementById("alert");
      dialog.querySelector("p").textContent = text;
      if (!dialog.open) dialog.showModal();
      return;
    }
    const toast = element("div", { class: wrong ? "toast wrong" : "toast" }, text);
    this.find(".toasts").replaceChildren(toast);
    setTimeout(() => toast.remove(), 3500 + text.length * 30);
  }

  #attended() {
    return this.current && document.hasFocus();
  }

  #countUnread() {
    if (this.#attended()) this.readUpTo = Math.max(this.readUpTo, newestOf(this.chat));
    const unread = this.chat.messages.filter((message) => message.id > this.readUpTo && message.sender.bot && !message.deleted);
    const badge = this.find(".unread");
    const loud = unread.some((message) => !message.silent);
    badge.hidden = !unread.length;
    badge.textContent = unread.length;
    badge.classList.toggle("silent", !loud);
    this.root.classList.toggle("awake", loud);
    this.counted(unread.length, loud);
  }

  #read() {
    this.readUpTo = newestOf(this.chat);
    this.#countUnread();
  }

  #toBottom() {
    this.sticky = true;
    this.messages.scrollTop = this.messages.scrollHeight;
  }
}
