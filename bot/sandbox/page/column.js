// One chat: its messages, its composer, its toasts.

import { bubble, element } from "/page/bubbles.js";

const dayName = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const initials = (name) => name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0]).join("").toUpperCase();

// The chat that somebody is looking at: the last one they touched. A button that is drawn anew loses the focus.
let attended = null;
const attend = (event) => { attended = event.target instanceof Element ? event.target.closest(".column") : null; };
document.addEventListener("pointerdown", attend, true);
document.addEventListener("focusin", attend, true);

export class Column {
  constructor(chat, send, bot, { first }) {
    this.hint = first
      ? "Mulailah di sini: tulis masalahnya, misalnya “Printer tidak mau mencetak”, atau lampirkan foto."
      : "Belum ada pesan. Yang ditugaskan kepada orang ini muncul di sini.";
    this.send = send;
    this.bot = bot;
    this.private = chat.kind === "private";
    this.nodes = new Map();
    this.toastsTold = new Set(chat.toasts.map((toast) => toast.id));
    this.context = null;
    this.readUpTo = Math.max(0, ...chat.messages.map((message) => message.id));
    this.root = document.getElementById("column-template").content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.root.querySelector(selector);
    this.messages = this.find(".messages");
    this.list = this.find(".list");
    this.sticky = true;
    this.text = this.find("textarea");
    this.#wire();
    this.update(chat);
    this.#toBottom();
  }

  get speaker() {
    return this.private ? this.chat.id : Number(this.find(".speaker").value);
  }

  update(chat) {
    this.chat = chat;
    this.find(".who strong").textContent = chat.title;
    this.find(".who span").textContent = chat.about || (this.private ? `id ${chat.id}` : `${chat.members.length} anggota`);
    this.find(".avatar").textContent = initials(chat.title);
    this.find(".avatar").style.setProperty("--hue", (Math.abs(chat.id) * 47) % 360);
    this.root.classList.toggle("blocked", chat.blocked);
    this.find(".block").textContent = chat.blocked ? "Diblokir" : "Blokir";
    this.find(".block").hidden = !this.private;
    this.find(".attach").disabled = this.text.disabled = chat.blocked;
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

  // A client opens the reply by itself when the bot's newest message asks for one.
  #obeyForceReply(chat) {
    const newest = chat.messages.filter((message) => !message.deleted).at(-1);
    if (!newest?.force_reply || this.forced === newest.id || this.context) return;
    this.forced = newest.id;
    this.#enter({ kind: "reply", message: newest }, { focus: this.#attended() });
  }

  #speakers(chat) {
    const select = this.find(".speaker");
    select.hidden = this.private;
    if (this.private || select.options.length === chat.members.length) return;
    select.replaceChildren(...chat.members.map((member) => element("option", { value: member.id }, `Sebagai ${member.name}`)));
  }

  #draw(chat) {
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
        keep(`day ${date}`, () => element("div", { class: "day" }, dayName.format(new Date(`${date}T00:00:00Z`))));
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
      reply: (message) => this.#enter({ kind: "reply", message }),
      edit: (message) => this.#enter({ kind: "edit", message }),
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

  #wire() {
    const form = this.find("form");
    const picker = this.find("input[type=file]");
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.#submit(); }
      if (event.key === "Escape") this.#leave();
    });
    this.text.addEventListener("input", () => { this.#fit(); this.#offerCommands(); });
    this.text.addEventListener("focus", () => this.#read());
    this.text.addEventListener("paste", (event) => { if (event.clipboardData.files.length) this.#upload(event.clipboardData.files); });
    this.find(".attach").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => { this.#upload(picker.files); picker.value = ""; });
    this.find(".context button").addEventListener("click", () => this.#leave());
    this.find(".block").addEventListener("click", () => this.#do("block", { person: this.chat.id, blocked: !this.chat.blocked }));
    this.find(".to-bottom").addEventListener("click", () => { this.#toBottom(); this.#read(); });
    this.find(".speaker").addEventListener("change", () => { this.nodes.clear(); this.update(this.chat); });
    this.messages.addEventListener("scroll", () => {
      const gap = this.messages.scrollHeight - this.messages.scrollTop - this.messages.clientHeight;
      this.sticky = gap < 60;
      this.find(".to-bottom").hidden = gap < 120;
    });
    new ResizeObserver(() => { this.#measureQuotes(); if (this.sticky) this.#toBottom(); }).observe(this.list);
    this.root.addEventListener("pointerdown", () => this.#read());
    this.root.addEventListener("dragover", (event) => event.preventDefault());
    this.root.addEventListener("drop", (event) => { event.preventDefault(); this.#upload(event.dataTransfer.files); });
  }

  async #submit() {
    const text = this.text.value.trim();
    if (!text) return;
    const base = { person: this.speaker, chat: this.chat.id, text };
    const { kind, message } = this.context ?? {};
    const done =
      kind === "edit"
        ? await this.#do("edit", { ...base, message_id: message.id })
        : await this.#do("say", { ...base, reply_to: kind === "reply" ? message.id : null });
    if (!done) return;
    this.text.value = "";
    this.#leave();
    this.#toBottom();
  }

  async #upload(files) {
    const all = [...files];
    const caption = this.text.value.trim();
    const group = all.length > 1 ? `${this.chat.id}-${all[0].lastModified}-${all.length}-${this.chat.version}` : null;
    const replyTo = this.context?.kind === "reply" ? this.context.message.id : null;
    for (const [number, file] of all.entries()) {
      const query = new URLSearchParams({ person: this.speaker, chat: this.chat.id, name: file.name });
      if (group) query.set("group", group);
      if (number === 0 && caption) query.set("caption", caption);
      if (replyTo) query.set("reply_to", replyTo);
      if (!(await this.#do(`upload?${query}`, file))) return;
    }
    this.text.value = "";
    this.#leave();
    this.#toBottom();
  }

  async #do(action, body) {
    this.#read();
    const problem = await this.send(action, body);
    if (problem) this.#tell({ text: problem, wrong: true });
    return !problem;
  }

  #enter(context, { focus = true } = {}) {
    this.context = context;
    const excerpt = (context.message.text || context.message.media?.name || "").slice(0, 80);
    this.find(".context span").textContent = `${context.kind === "edit" ? "Ubah" : "Balas"}: ${excerpt}`;
    this.find(".context").hidden = false;
    if (context.kind === "edit") this.text.value = context.message.text;
    this.#fit();
    if (focus) this.text.focus();
  }

  #leave() {
    if (this.context?.kind === "edit") this.text.value = "";
    this.context = null;
    this.find(".context").hidden = true;
    this.find(".commands").hidden = true;
    this.#fit();
  }

  #offerCommands() {
    const list = this.find(".commands");
    const typed = /^\/(\w*)$/.exec(this.text.value);
    const fitting = typed ? this.chat.commands.filter((command) => command.command.startsWith(typed[1].toLowerCase())) : [];
    list.hidden = !fitting.length;
    list.replaceChildren(
      ...fitting.map((command) =>
        element(
          "button",
          { type: "button", role: "option", onclick: () => { this.text.value = `/${command.command}`; this.#submit(); } },
          `/${command.command}`,
          element("small", {}, command.description),
        ),
      ),
    );
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
    return document.hasFocus() && attended === this.root;
  }

  #countUnread() {
    if (this.#attended()) this.readUpTo = Math.max(this.readUpTo, ...this.chat.messages.map((message) => message.id));
    const unread = this.chat.messages.filter((message) => message.id > this.readUpTo && message.sender.bot && !message.deleted);
    const badge = this.find(".unread");
    badge.hidden = !unread.length;
    badge.textContent = unread.length;
    badge.classList.toggle("silent", unread.every((message) => message.silent));
    this.root.classList.toggle("awake", unread.some((message) => !message.silent));
  }

  #read() {
    this.readUpTo = Math.max(0, ...this.chat.messages.map((message) => message.id));
    this.#countUnread();
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 130)}px`;
  }

  #toBottom() {
    this.sticky = true;
    this.messages.scrollTop = this.messages.scrollHeight;
  }
}
