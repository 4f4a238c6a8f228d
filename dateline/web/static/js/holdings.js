// Who holds what, day by day: the whole ledger is fetched once, a day is a filter over it, and the days can be played.

import { dayWords, ordinalOf } from "./view.js";
import { say } from "./strings.js";

/** @typedef {{place: any, holder: string | null, state: string, since: [number | null, number | null], until: [number | null, number | null], unsure: boolean, doubted: boolean, raw: any}} Held */

const STEP_MS = 900;

/** @param {any} raw @returns {Held} */
function heldOf(raw) {
  return {
    place: raw.place,
    holder: raw.holder,
    state: raw.state,
    since: [ordinalOf(raw.since_earliest), ordinalOf(raw.since_latest)],
    until: [ordinalOf(raw.until_earliest), ordinalOf(raw.until_latest)],
    unsure: false,
    doubted: raw.state !== "held" || raw.contradicted_by.length > 0,
    raw,
  };
}

/** As the archive decides: begun by its first day, ended by its last. @param {Held} held @param {number} day */
function stands(held, day) {
  const begun = held.since[0] ?? held.since[1];
  const ended = held.until[1] ?? held.until[0];
  return (begun === null || begun <= day) && (ended === null || ended > day);
}

/** @param {Held} held @param {number} day */
function certain(held, day) {
  return (held.since[1] === null || held.since[1] <= day) && (held.until[0] === null || day < held.until[0]);
}

export class Ledger {
  /** @param {HTMLElement} bar @param {(day: number, holdings: Held[]) => void} onDay */
  constructor(bar, onDay) {
    this.onDay = onDay;
    this.bar = bar;
    this.slider = /** @type {HTMLInputElement} */ (bar.querySelector("#day"));
    this.words = /** @type {HTMLOutputElement} */ (bar.querySelector("#day-words"));
    this.button = /** @type {HTMLButtonElement} */ (bar.querySelector("#play"));
    /** @type {Held[]} */
    this.all = [];
    /** @type {number[]} */
    this.days = [];
    this.timer = 0;
    this.slider.addEventListener("input", () => this.tell());
    this.button.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
  }

  /** @param {string} known */
  async load(known) {
    const answer = await fetch(`/api/v1/holdings.ndjson${known ? `?as_known_on=${known}` : ""}`);
    const lines = (await answer.text()).split("\n").filter(Boolean);
    this.all = lines.map((line) => heldOf(JSON.parse(line)));
  }

  /** Days on which something may change, within the chosen ones. @param {number | null} since @param {number | null} until */
  between(since, until) {
    const told = this.all.flatMap((held) => [...held.since, ...held.until]).filter((day) => day !== null);
    const days = [...new Set(/** @type {number[]} */ (told))].sort((a, b) => a - b);
    const within = days.filter((day) => (since === null || day >= since) && (until === null || day <= until));
    const used = within.length ? within : days;
    this.days = daily(used);
    this.slider.max = String(Math.max(this.days.length - 1, 0));
  }

  /** @param {string | null} iso */
  go(iso) {
    const wanted = ordinalOf(iso);
    const place = wanted === null ? this.days.length - 1 : this.days.findIndex((day) => day >= wanted);
    this.slider.value = String(place < 0 ? this.days.length - 1 : place);
    this.tell();
  }

  get day() {
    return this.days[Number(this.slider.value)] ?? 0;
  }

  tell() {
    const day = this.day;
    if (!day) return;
    this.words.textContent = dayWords(day);
    this.slider.setAttribute("aria-valuetext", dayWords(day));
    const standing = this.all.filter((held) => stands(held, day));
    this.onDay(day, standing.map((held) => ({ ...held, unsure: held.doubted || !certain(held, day) })));
  }

  play() {
    if (Number(this.slider.value) >= this.days.length - 1) this.slider.value = "0";
    this.button.setAttribute("aria-label", say("pause"));
    this.button.firstElementChild?.replaceChildren("❚❚");
    this.tell();
    this.timer = window.setInterval(() => {
      if (Number(this.slider.value) >= this.days.length - 1) return this.stop();
      this.slider.value = String(Number(this.slider.value) + 1);
      this.tell();
    }, STEP_MS);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.button.setAttribute("aria-label", say("play"));
    this.button.firstElementChild?.replaceChildren("▶");
  }
}

/** Every day where changes are close together; over a silence the slider jumps. @param {number[]} changes sorted @returns {number[]} */
function daily(changes) {
  /** @type {number[]} */
  const found = [];
  changes.forEach((day, place) => {
    found.push(day);
    const next = changes[place + 1];
    if (next && next - day <= 14) for (let between = day + 1; between < next; between += 1) found.push(between);
  });
  return found;
}
