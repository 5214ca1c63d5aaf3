// Where one person writes: text, files, the reply or correction under way, the commands that are offered.

import { element } from "/page/bubbles.js";

export class Composer {
  // `act(action, body)` sends something to the stand-in and returns whether it was done; `who()` gives person and chat.
  constructor(root, { act, who, sent }) {
    this.find = (selector) => root.querySelector(selector);
    this.act = act;
    this.who = who;
    this.sent = sent;
    this.text = this.find("textarea");
    this.context = null;
    this.offered = [];
    this.#wire(root);
  }

  get busy() {
    return this.text.value.trim() !== "";
  }

  update(chat) {
    this.offered = chat.commands;
    this.version = chat.version;
    this.find(".attach").disabled = this.text.disabled = this.find(".send").disabled = chat.blocked;
  }

  // Words that are about to be written in a play; nobody's own draft is touched.
  ghost(words) {
    this.text.placeholder = words || "Tulis pesan…";
  }

  enter(context, { focus = true } = {}) {
    this.context = context;
    const excerpt = (context.message.text || context.message.media?.name || "").slice(0, 80);
    this.find(".context span").textContent = `${context.kind === "edit" ? "Ubah" : "Balas"}: ${excerpt}`;
    this.find(".context").hidden = false;
    if (context.kind === "edit") this.text.value = context.message.text;
    this.#fit();
    if (focus) this.text.focus({ preventScroll: true });
  }

  #wire(root) {
    const picker = this.find("input[type=file]");
    this.find("form").addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.#submit(); }
      if (event.key === "Escape" && this.context) { event.stopPropagation(); this.#leave(); }
    });
    this.text.addEventListener("input", () => { this.#fit(); this.#offer(); });
    this.text.addEventListener("paste", (event) => { if (event.clipboardData.files.length) this.#upload(event.clipboardData.files); });
    this.find(".attach").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => { this.#upload(picker.files); picker.value = ""; });
    this.find(".context button").addEventListener("click", () => this.#leave());
    root.addEventListener("dragover", (event) => event.preventDefault());
    root.addEventListener("drop", (event) => { event.preventDefault(); this.#upload(event.dataTransfer.files); });
  }

  async #submit() {
    const text = this.text.value.trim();
    if (!text) return;
    const base = { ...this.who(), text };
    const { kind, message } = this.context ?? {};
    const done =
      kind === "edit"
        ? await this.act("edit", { ...base, message_id: message.id })
        : await this.act("say", { ...base, reply_to: kind === "reply" ? message.id : null });
    if (done) this.#finish();
  }

  async #upload(files) {
    const all = [...files];
    const { person, chat } = this.who();
    const caption = this.text.value.trim();
    const group = all.length > 1 ? `${chat}-${all[0].lastModified}-${all.length}-${this.version}` : null;
    const replyTo = this.context?.kind === "reply" ? this.context.message.id : null;
    for (const [number, file] of all.entries()) {
      const query = new URLSearchParams({ person, chat, name: file.name });
      if (group) query.set("group", group);
      if (number === 0 && caption) query.set("caption", caption);
      if (replyTo) query.set("reply_to", replyTo);
      if (!(await this.act(`upload?${query}`, file))) return;
    }
    this.#finish();
  }

  #finish() {
    this.text.value = "";
    this.#leave();
    this.sent();
  }

  #leave() {
    if (this.context?.kind === "edit") this.text.value = "";
    this.context = null;
    this.find(".context").hidden = true;
    this.find(".commands").hidden = true;
    this.#fit();
  }

  #offer() {
    const list = this.find(".commands");
    const typed = /^\/(\w*)$/.exec(this.text.value);
    const fitting = typed ? this.offered.filter((command) => command.command.startsWith(typed[1].toLowerCase())) : [];
    list.hidden = !fitting.length;
    list.replaceChildren(
      ...fitting.map((command) =>
        element(
          "button",
          { type: "button", onclick: () => { this.text.value = `/${command.command}`; this.text.focus(); this.#submit(); } },
          `/${command.command}`,
          element("small", {}, command.description),
        ),
      ),
    );
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 130)}px`;
  }
}
