// [▶ Putar contoh]: a whole case at reading speed, with a sentence that says what to look for.

const at = (id) => document.getElementById(id);
const OPEN = new Set(["playing", "paused"]);

export class Play {
  // `spotlight(cue)` shows who does what next, or nothing.
  constructor({ send, spotlight }) {
    this.spotlight = spotlight;
    this.state = "";
    this.cued = "null";
    const ask = (id, action) => at(id).addEventListener("click", async () => {
      const problem = await send("direct", { do: action() });
      if (problem) at("play-look").textContent = problem;
    });
    ask("play-start", () => "play");
    ask("play-pause", () => (this.state === "paused" ? "resume" : "pause"));
    ask("play-hurry", () => "hurry");
    ask("play-stop", () => "stop");
  }

  update(play) {
    at("play").hidden = !play;
    if (!play) return;
    const open = OPEN.has(play.state);
    this.#switch(play.state, open);
    at("play-heading").textContent = open ? play.heading : "";
    at("play-look").textContent = this.#sentence(play);
    at("play-progress").hidden = !open;
    at("play-progress").max = Math.max(play.of, 1);
    at("play-progress").value = play.done;
    const cued = JSON.stringify(open ? play.cue : null);
    if (open || cued !== this.cued) this.spotlight(open ? play.cue : null, { changed: cued !== this.cued });
    this.cued = cued;
  }

  // A button that goes takes the focus with it; the one that stands for it gets it.
  #switch(state, open) {
    if (state === this.state) return;
    this.state = state;
    const inside = at("play").contains(document.activeElement);
    at("play-start").hidden = open;
    at("play-start").textContent = state === "ready" ? "▶ Putar contoh" : "▶ Putar contoh lagi";
    for (const id of ["play-pause", "play-hurry", "play-stop"]) at(id).hidden = !open;
    at("play-pause").textContent = state === "paused" ? "▶ Lanjutkan" : "⏸ Jeda";
    if (inside && document.activeElement === document.body) (open ? at("play-pause") : at("play-start")).focus();
  }

  #sentence(play) {
    if (play.state === "ready") return "Satu laporan lewat sembilan langkah, dengan tagihan, pertanyaan dan koreksi; kira-kira empat menit.";
    if (play.state === "over") return "Selesai. Sekarang cobalah sendiri: tulis masalah sebagai pelapor.";
    return play.look;
  }
}
