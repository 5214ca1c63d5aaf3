// What the program around the stand-in tells beside the chats: its record, troubles on request, what became of them.

import { element } from "/page/bubbles.js";

const at = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 1100px)");

export class Board {
  constructor({ send }) {
    this.send = send;
    this.shown = {};
    this.known = false;
    at("board-button").addEventListener("click", () => this.#open(at("board").hidden));
  }

  update(direction) {
    const known = "troubles" in direction;
    if (known && !this.known) {
      at("board-button").hidden = false;
      this.#open(wide.matches);
    }
    this.known = known;
    if (!known) return;
    this.#changed("record", direction.record, (record) => {
      at("record").textContent = record ? record.text : "Belum diperiksa";
      at("record").className = record ? `record ${record.proved ? "proved" : "broken"}` : "record";
    });
    this.#changed("troubles", direction.troubles, (troubles) => this.#troubles(troubles));
    this.#changed("told", direction.told, (told) => {
      at("told").replaceChildren(...told.map((line) => element("li", {}, element("time", {}, line.at), ` ${line.text}`)));
    });
  }

  // Draw a part only when it is another: what has the focus, or is being read, stays where it is.
  #changed(name, value, draw) {
    const written = JSON.stringify(value);
    if (this.shown[name] === written) return;
    this.shown[name] = written;
    draw(value);
  }

  #open(open) {
    at("board").hidden = !open;
    at("board-button").setAttribute("aria-expanded", String(open));
  }

  // A button keeps its place: one that begins a trouble becomes the one that ends it.
  #troubles(troubles) {
    const places = [...at("troubles").children];
    troubles.forEach((trouble, number) => {
      const button = places[number] ?? at("troubles").appendChild(element("button", { type: "button", onclick: () => this.#press(button) }));
      button.dataset.do = trouble.do;
      button.textContent = trouble.label;
    });
  }

  async #press(button) {
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    const problem = await this.send("direct", { do: button.dataset.do });
    button.removeAttribute("aria-busy");
    if (problem) at("told").prepend(element("li", {}, problem));
  }
}
