// How a mark looks: kind is colour, the killed are size, claimed is hatched, not (yet) happened is hollow, vagueness is a circle.

import { GROUPS, colour } from "./view.js";

/** @typedef {import("./incidents.js").Incidents} Incidents */

const UNREAL = new Set(["denied", "planned", "hypothetical", "attempted"]);
const DOUBTFUL = new Set(["claimed", "disputed", "retracted"]);
const FULL = Math.PI * 2;

/** @param {number} killed */
export function radiusOf(killed) {
  return Math.min(22, 5.5 + Math.sqrt(killed) * 0.9);
}

/** Colours of this theme, read once a drawing. */
export function palette() {
  return { kinds: GROUPS.map((name) => colour(name)), panel: colour("panel"), ink: colour("ink"), sans: colour("sans"), paper: colour("land") };
}

/** @typedef {ReturnType<typeof palette>} Palette */

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} r @param {Incidents} all @param {number} row @param {Palette} paint */
export function drawIncident(pen, x, y, r, all, row, paint) {
  const kind = paint.kinds[all.columns.group[row]];
  const status = all.word("status", row);
  const doubtful = DOUBTFUL.has(all.word("standing", row)) || all.columns.disputed[row] === 1;
  pen.beginPath();
  pen.arc(x, y, r, 0, FULL);
  pen.fillStyle = paint.panel;
  pen.fill();
  pen.lineWidth = 1.8;
  pen.strokeStyle = kind;
  if (UNREAL.has(status)) {
    pen.setLineDash([2, 2.6]);
    pen.stroke();
    pen.setLineDash([]);
    return;
  }
  if (doubtful) hatch(pen, x, y, r, kind);
  else {
    pen.globalAlpha = 0.86;
    pen.fillStyle = kind;
    pen.fill();
    pen.globalAlpha = 1;
  }
  pen.beginPath();
  pen.arc(x, y, r, 0, FULL);
  pen.strokeStyle = doubtful ? kind : paint.panel;
  pen.lineWidth = doubtful ? 1.6 : 1;
  pen.stroke();
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} r @param {string} ink */
function hatch(pen, x, y, r, ink) {
  pen.save();
  pen.clip();
  pen.beginPath();
  for (let shift = -2 * r; shift <= 2 * r; shift += 4.2) {
    pen.moveTo(x + shift - r, y + r);
    pen.lineTo(x + shift + r, y - r);
  }
  pen.strokeStyle = ink;
  pen.lineWidth = 1.7;
  pen.stroke();
  pen.restore();
}

/** Where it may have been. @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} r @param {string} ink @param {boolean} strong */
export function drawVagueness(pen, x, y, r, ink, strong) {
  pen.beginPath();
  pen.arc(x, y, r, 0, FULL);
  pen.globalAlpha = strong ? 0.14 : 0.06;
  pen.fillStyle = ink;
  pen.fill();
  pen.globalAlpha = strong ? 0.7 : 0.3;
  pen.setLineDash([3, 4]);
  pen.lineWidth = 1;
  pen.strokeStyle = ink;
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} r @param {number[]} kinds @param {number} count @param {Palette} paint */
export function drawCluster(pen, x, y, r, kinds, count, paint) {
  pen.beginPath();
  pen.arc(x, y, r, 0, FULL);
  pen.fillStyle = paint.panel;
  pen.fill();
  let from = -Math.PI / 2;
  kinds.forEach((number, kind) => {
    if (!number) return;
    const to = from + (number / count) * FULL;
    pen.beginPath();
    pen.arc(x, y, r - 2, from, to);
    pen.lineWidth = 4.5;
    pen.strokeStyle = paint.kinds[kind];
    pen.stroke();
    from = to;
  });
  pen.fillStyle = paint.ink;
  pen.font = `600 ${count > 999 ? 10 : 11.5}px ${paint.sans}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(count > 9999 ? `${Math.round(count / 1000)}k` : String(count), x, y + 0.5);
}

const HOLDER_INKS = ["control", "violence", "humanitarian", "unrest", "coercion", "politics"];

/** Holders take their colours in the order in which they come. */
export class HolderInks {
  constructor() {
    /** @type {Map<string, string>} */
    this.names = new Map();
  }

  /** @param {string | null} holder */
  of(holder) {
    if (!holder) return colour("soft");
    if (!this.names.has(holder)) this.names.set(holder, HOLDER_INKS[this.names.size % HOLDER_INKS.length]);
    return colour(/** @type {string} */ (this.names.get(holder)));
  }
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} half @param {string} ink @param {boolean} unsure @param {string} panel */
export function drawHolding(pen, x, y, half, ink, unsure, panel) {
  pen.beginPath();
  pen.rect(x - half, y - half, half * 2, half * 2);
  pen.fillStyle = unsure ? panel : ink;
  pen.fill();
  if (unsure) hatch(pen, x, y, half * 1.5, ink);
  pen.beginPath();
  pen.rect(x - half, y - half, half * 2, half * 2);
  pen.strokeStyle = unsure ? ink : panel;
  pen.lineWidth = 1.4;
  pen.stroke();
}
