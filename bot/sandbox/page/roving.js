// One stop for the Tab key in what has many buttons: the arrow keys go from one to the next.

const PRESSABLE = "button, a[href], [role=button]";
const shown = (node) => node.offsetParent !== null && !node.disabled;

// A list of rows, as the buttons of a chat are. `log` holds the rows: elements with data-row, inside [data-id].
export class Rover {
  constructor(log) {
    this.log = log;
    this.reachable = false;
    log.addEventListener("keydown", (event) => this.#move(event));
    log.addEventListener("focusin", (event) => this.#mark(event.target.closest(PRESSABLE)));
  }

  // Whether Tab comes here at all; in a chat that nobody looks at it does not.
  set open(reachable) {
    this.reachable = reachable;
    this.refresh();
  }

  refresh() {
    const all = this.#rows().flat();
    if (!all.includes(this.marked)) this.marked = this.#likeliest(all);
    for (const node of this.log.querySelectorAll(PRESSABLE)) node.tabIndex = node === this.marked && this.reachable ? 0 : -1;
  }

  // Where the focus is, so that it can come back after the buttons are drawn again.
  place() {
    const node = this.log.contains(document.activeElement) ? document.activeElement : null;
    const message = node?.closest("[data-id]");
    if (!message) return null;
    return { id: message.dataset.id, row: [...message.querySelectorAll("[data-row]")].indexOf(node.closest("[data-row]")) };
  }

  restore(place) {
    if (!place || this.log.contains(document.activeElement)) return;
    const rows = [...this.log.querySelectorAll(`[data-id="${place.id}"] [data-row]`)].map((row) => this.#inside(row)).filter((row) => row.length);
    const node = rows[Math.min(Math.max(place.row, 0), rows.length - 1)]?.[0] ?? this.#likeliest(this.#rows().flat());
    this.#focus(node);
  }

  // Focus the first button of the newest card. Returns whether there is one.
  enter() {
    const node = this.#likeliest(this.#rows().flat());
    this.#focus(node);
    return Boolean(node?.closest(".keyboard"));
  }

  #likeliest(all) {
    const card = [...this.log.querySelectorAll(".keyboard")].at(-1);
    return card?.querySelector("button") ?? all.at(-1);
  }

  #rows() {
    return [...this.log.querySelectorAll("[data-row]")].map((row) => this.#inside(row)).filter((row) => row.length);
  }

  #inside(row) {
    return [...row.querySelectorAll(PRESSABLE), ...(row.matches(PRESSABLE) ? [row] : [])].filter(shown);
  }

  #mark(node) {
    if (!node) return;
    if (this.marked) this.marked.tabIndex = -1;
    this.marked = node;
    node.tabIndex = this.reachable ? 0 : -1;
  }

  #focus(node) {
    if (!node) return;
    this.#mark(node);
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  }

  #move(event) {
    const node = event.target.closest(PRESSABLE);
    if (!node) return;
    if (["Enter", " "].includes(event.key) && node.getAttribute("role") === "button") {
      event.preventDefault();
      node.click();
      return;
    }
    const rows = this.#rows();
    const at = rows.findIndex((row) => row.includes(node));
    if (at < 0) return;
    const column = rows[at].indexOf(node);
    const next = {
      ArrowUp: () => rows[at - 1]?.[Math.min(column, rows[at - 1].length - 1)],
      ArrowDown: () => rows[at + 1]?.[Math.min(column, rows[at + 1].length - 1)],
      ArrowLeft: () => rows[at][column - 1],
      ArrowRight: () => rows[at][column + 1],
      Home: () => rows[0][0],
      End: () => rows.at(-1).at(-1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    this.#focus(next());
  }
}
