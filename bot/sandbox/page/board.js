// What the program around the stand-in tells beside the chats: its record, troubles on request, what became of them.

import { element } from "/page/bubbles.js";

const at = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 1100px)");

const SIGNS = { done: "✓", late: "!", open: "●", overdue: "!", next: "○" };
const STATES = { done: "selesai", late: "selesai terlambat", open: "sedang dikerjakan", overdue: "terlambat, belum selesai", next: "belum" };

// A step that is to come has one line, so that the whole chart and what is below it keep to one screen.
const words = (step) =>
  step.state === "next"
    ? [element("span", {}, `${step.role} · ${step.text}`, element("span", { class: "unseen" }, `, ${STATES.next}`))]
    : [element("span", {}, `${step.role} · ${STATES[step.state]}`), element("small", {}, step.text)];

export class Board {
  constructor({ send }) {
    this.send = send;
    this.shown = {};
    this.known = false;
    at("flow-case").addEventListener("change", (event) => send("direct", { do: "flow", case: Number(event.target.value) }));
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
    this.#changed("places", direction.places ?? [], (places) => this.#places(places));
    this.#changed("flow", direction.flow, (flow) => this.#flow(flow));
    const before = this.shown.told;
    this.#changed("told", direction.told, (told) => {
      at("told").replaceChildren(...told.map((line) => element("li", {}, element("time", {}, line.at), ` ${line.text}`)));
      if (before) this.#toTold();
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

  // Each step with its sign, so that the state is not told by colour alone.
  #flow(flow) {
    const cases = flow?.cases ?? [];
    const select = at("flow-case");
    select.hidden = !cases.length;
    select.replaceChildren(...cases.map((one) => element("option", { value: one.id }, one.name)));
    select.value = flow?.chosen;
    at("flow-state").textContent = cases.length ? `${flow.state}${flow.round > 1 ? ` · putaran ${flow.round}` : ""}` : "Belum ada laporan.";
    at("flow").replaceChildren(
      ...(flow?.steps ?? []).map((step) =>
        element(
          "li",
          { class: step.state, "aria-current": step.state === "open" || step.state === "overdue" ? "step" : null },
          element("b", { "aria-hidden": "true" }, SIGNS[step.state]),
          element("div", {}, element("strong", {}, `${step.number}. ${step.title}`), ...words(step)),
        ),
      ),
    );
  }

  // The place that is looked at, and links to the others.
  #places(places) {
    at("places").hidden = places.length < 2;
    const made = places.map(({ label, url, note, here }) => {
      const words = [element("strong", {}, label), note ? element("span", {}, note) : null];
      return element("a", { href: here ? null : url, "aria-current": here ? "page" : null }, ...words);
    });
    at("places").replaceChildren(...made);
  }

  // What has just become of something comes into view; the chats stay where they are.
  #toTold() {
    at("told").firstElementChild?.scrollIntoView({ block: "nearest", inline: "nearest" });
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
    this.#toTold();
  }
}
