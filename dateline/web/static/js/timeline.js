// Days with their incidents, stacked by kind. Long silences are cut out of the axis and marked; dragging chooses days.

import { GROUPS, colour, dayWords, monthWords } from "./view.js";
import { say } from "./strings.js";

const SILENCE = 21; // days without anything that break the axis
const BREAK = 30; // pixels a break takes
const EDGE = 14;
const FOOT = 20; // pixels for the months' names

/** @typedef {{first: number, last: number, left: number, width: number}} Stretch */

/** Runs of days without a long silence, each with its share of the width. @param {number[]} days sorted @param {number} width @returns {Stretch[]} */
export function stretchesOf(days, width) {
  /** @type {Stretch[]} */
  const found = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last && day - last.last <= SILENCE) last.last = day;
    else found.push({ first: day, last: day, left: 0, width: 0 });
  }
  const whole = found.reduce((sum, one) => sum + one.last - one.first + 1, 0);
  const free = Math.max(width - 2 * EDGE - BREAK * (found.length - 1), 50);
  let left = EDGE;
  for (const one of found) {
    one.left = left;
    one.width = (free * (one.last - one.first + 1)) / whole;
    left += one.width + BREAK;
  }
  return found;
}

export class Timeline {
  /** @param {HTMLCanvasElement} canvas @param {(since: number | null, until: number | null) => void} onChoose */
  constructor(canvas, onChoose) {
    this.canvas = canvas;
    this.onChoose = onChoose;
    /** @type {Map<number, number[]>} */
    this.days = new Map();
    /** @type {number | null} */
    this.since = null;
    /** @type {number | null} */
    this.until = null;
    /** @type {Stretch[]} */
    this.stretches = [];
    /** @type {number | null} */
    this.held = null;
    new ResizeObserver(() => this.draw()).observe(canvas);
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.lift(event));
  }

  /** @param {Map<number, number[]>} days */
  show(days) {
    this.days = days;
    this.draw();
  }

  /** @param {number | null} since @param {number | null} until */
  choose(since, until) {
    [this.since, this.until] = [since, until];
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    const pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    pen.scale(scale, scale);
    const days = [...this.days.keys()].sort((a, b) => a - b);
    if (!days.length || !width) return;
    this.stretches = stretchesOf(days, width);
    this.bars(pen, height);
    this.axis(pen, height);
    this.brush(pen, height);
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} height */
  bars(pen, height) {
    const kinds = GROUPS.map((name) => colour(name));
    const bins = this.bins();
    const most = Math.max(...[...bins.values()].map((bin) => bin.counts.reduce((a, b) => a + b, 0)));
    const room = height - FOOT - 12;
    for (const { x, width, counts, day } of bins.values()) {
      pen.globalAlpha = this.outside(day) ? 0.25 : 1;
      let y = height - FOOT;
      counts.forEach((number, kind) => {
        const tall = (number / most) * room;
        y -= tall;
        pen.fillStyle = kinds[kind];
        pen.fillRect(x, y, Math.max(width - (width > 4 ? 1.5 : 0), 1), tall);
      });
    }
    pen.globalAlpha = 1;
  }

  /** Days that share a pixel are drawn as one bar. @returns {Map<string, {x: number, width: number, counts: number[], day: number}>} */
  bins() {
    const found = new Map();
    for (const [day, counts] of this.days) {
      const place = this.stretches.findIndex((one) => one.first <= day && day <= one.last);
      const stretch = this.stretches[place];
      const one = stretch.width / (stretch.last - stretch.first + 1);
      const step = Math.max(1, Math.ceil(2.5 / one));
      const number = Math.floor((day - stretch.first) / step);
      const key = `${place}.${number}`;
      const width = Math.min(one * step, 26);
      const x = stretch.left + number * step * one + (one * step - width) / 2;
      const bin = found.get(key) ?? { x, width, counts: GROUPS.map(() => 0), day };
      counts.forEach((count, kind) => (bin.counts[kind] += count));
      found.set(key, bin);
    }
    return found;
  }

  /** @param {number} day */
  outside(day) {
    return (this.since !== null && day < this.since) || (this.until !== null && day > this.until);
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} height */
  axis(pen, height) {
    pen.strokeStyle = colour("line");
    pen.fillStyle = colour("soft");
    pen.font = `11.5px ${colour("sans")}`;
    pen.textBaseline = "alphabetic";
    this.stretches.forEach((one, place) => {
      pen.beginPath();
      pen.moveTo(one.left, height - FOOT + 0.5);
      pen.lineTo(one.left + one.width, height - FOOT + 0.5);
      pen.stroke();
      if (place) this.gap(pen, one.left - BREAK / 2, height);
      this.names(pen, one, height);
    });
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} height */
  gap(pen, x, height) {
    pen.textAlign = "center";
    pen.fillText("⋯", x, height - FOOT + 4);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Stretch} one @param {number} height */
  names(pen, one, height) {
    pen.textAlign = "left";
    const short = one.last - one.first < 45;
    const from = short ? `${dayWords(one.first)}` : monthWords(one.first);
    const to = short ? `${dayWords(one.last)}` : monthWords(one.last);
    const wide = pen.measureText(from).width;
    if (wide < one.width + BREAK - 6) pen.fillText(from, one.left, height - 6);
    if (to !== from && wide + pen.measureText(to).width + 18 < one.width) {
      pen.textAlign = "right";
      pen.fillText(to, one.left + one.width, height - 6);
    }
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} height */
  brush(pen, height) {
    if (this.since === null && this.until === null) return;
    const [left, right] = [this.x(this.since ?? -Infinity, false), this.x(this.until ?? Infinity, true)];
    pen.fillStyle = colour("accent");
    pen.globalAlpha = 0.1;
    pen.fillRect(left, 4, right - left, height - FOOT - 4);
    pen.globalAlpha = 1;
    for (const edge of [left, right]) pen.fillRect(edge - 1, 4, 2, height - FOOT - 4);
  }

  /** Where a day begins, or ends. @param {number} day @param {boolean} end */
  x(day, end) {
    const after = this.stretches.find((one) => day <= one.last) ?? this.stretches[this.stretches.length - 1];
    const within = Math.min(Math.max(day, after.first), after.last) - after.first + (end && day >= after.first ? 1 : 0);
    return after.left + (within / (after.last - after.first + 1)) * after.width;
  }

  /** The day under the pointer. @param {PointerEvent} event */
  dayAt(event) {
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const one = this.stretches.find((stretch) => x <= stretch.left + stretch.width + BREAK / 2) ?? this.stretches[this.stretches.length - 1];
    const share = Math.min(Math.max((x - one.left) / one.width, 0), 0.9999);
    return one.first + Math.floor(share * (one.last - one.first + 1));
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (!this.stretches.length) return;
    this.held = this.dayAt(event);
    this.canvas.setPointerCapture(event.pointerId);
    this.choose(this.held, this.held);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.stretches.length) return;
    const day = this.dayAt(event);
    const counts = this.days.get(day);
    this.canvas.title = say("day_incidents", { day: dayWords(day), n: counts ? counts.reduce((a, b) => a + b, 0) : 0 });
    if (this.held !== null) this.choose(Math.min(this.held, day), Math.max(this.held, day));
  }

  /** @param {PointerEvent} event */
  lift(event) {
    if (this.held === null) return;
    this.move(event);
    this.held = null;
    this.onChoose(this.since, this.until);
  }
}
