// Everyone who takes part, always in sight: who has unread messages, and whose chat is looked at.

import { element } from "/page/bubbles.js";

export const initials = (name) => name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0]).join("").toUpperCase();
export const hue = (id) => (Math.abs(id) * 47) % 360;

export class Strip {
  // `choose(id)` shows a chat; `enter(id)` takes the keyboard into it.
  constructor(root, { choose, enter }) {
    this.root = root;
    this.places = new Map();
    this.choose = choose;
    this.enter = enter;
    root.addEventListener("keydown", (event) => this.#move(event));
  }

  update(chat) {
    let place = this.places.get(chat.id);
    if (!place) {
      place = this.#made(chat.id);
      this.places.set(chat.id, place);
      this.root.append(place.button);
    }
    place.name.textContent = chat.title.replace(/ Contoh$/, "");
    place.about.textContent = chat.about || (chat.kind === "private" ? "" : `${chat.members.length} anggota`);
    place.avatar.textContent = initials(chat.title);
    place.button.classList.toggle("blocked", chat.blocked);
    this.#name(place);
  }

  unread(id, count, loud) {
    const place = this.places.get(id);
    if (!place) return;
    place.count = count;
    place.badge.hidden = !count;
    place.badge.textContent = count > 99 ? "99+" : count;
    place.badge.classList.toggle("silent", !loud);
    this.#name(place);
  }

  current(id) {
    for (const [each, { button }] of this.places) {
      const chosen = each === id;
      button.setAttribute("aria-current", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      if (chosen) button.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  focus(id) {
    this.places.get(id)?.button.focus();
  }

  #made(id) {
    const avatar = element("span", { class: "avatar", "aria-hidden": "true" });
    avatar.style.setProperty("--hue", hue(id));
    const name = element("strong");
    const about = element("span");
    const badge = element("span", { class: "unread", hidden: true });
    const button = element(
      "button",
      { type: "button", "aria-current": "false", tabindex: "-1", onclick: (event) => (event.detail === 0 ? this.enter(id) : this.choose(id)) },
      avatar,
      element("span", { class: "who" }, name, about),
      badge,
    );
    return { button, avatar, name, about, badge, count: 0 };
  }

  #name({ button, name, about, count }) {
    const unread = count ? `, ${count} belum dibaca` : "";
    button.setAttribute("aria-label", `${name.textContent}${about.textContent ? `, ${about.textContent}` : ""}${unread}`);
  }

  #move(event) {
    const ids = [...this.places.keys()];
    const at = ids.findIndex((id) => this.places.get(id).button === document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: ids.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const id = ids[(to + ids.length) % ids.length];
    this.choose(id);
    this.focus(id);
  }
}
