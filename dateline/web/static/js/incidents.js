// Incidents in columns, filtered and clustered here: a hundred thousand stay smooth because only what is seen is drawn.

import { GROUPS } from "./view.js";

/** @typedef {{n: number, codes: Record<string, string[]>, id: string[], names: string[], name: number[], lat: (number | null)[],
 *   lon: (number | null)[], radius: number[], start: number[], end: number[], size: number[], background: number[], disputed: number[],
 *   group: number[], type: number[], status: number[], standing: number[], grade: number[], precision: number[]}} Columns */

/** @typedef {{x: number, y: number, r: number, rows: number[], cluster: number | null}} Drawn */

// A single incident's count of kinds: one of them.
const ONE_OF = GROUPS.map((_, own) => GROUPS.map((_, kind) => Number(kind === own)));

export class Incidents {
  /** @param {Columns} columns */
  constructor(columns) {
    this.columns = columns;
    /** @type {number[]} */
    this.shown = [];
    this.index = newIndex();
    this.between(null, null);
  }

  /** @param {string} query */
  static async ask(query) {
    const answer = await fetch(`/api/v1/points?${query}`);
    if (!answer.ok) throw new Error(`points: ${answer.status}`);
    return new Incidents(await answer.json());
  }

  /** Keep those that may have happened between two days. @param {number | null} since @param {number | null} until */
  between(since, until) {
    const { n, start, end, lat } = this.columns;
    this.shown = [];
    for (let row = 0; row < n; row += 1) {
      if (since !== null && (!end[row] || end[row] < since)) continue;
      if (until !== null && (!start[row] || start[row] > until)) continue;
      this.shown.push(row);
    }
    this.index = newIndex();
    this.index.load(this.shown.filter((row) => lat[row] !== null).map((row) => this.feature(row)));
  }

  /** @param {number} row @returns {any} */
  feature(row) {
    const { lon, lat, group, size } = this.columns;
    const properties = { row, kinds: ONE_OF[group[row]], size: size[row] };
    return { type: "Feature", geometry: { type: "Point", coordinates: [lon[row], lat[row]] }, properties };
  }

  /** What stands in the window at a zoom. @param {L.LatLngBounds} bounds @param {number} zoom @returns {any[]} */
  seen(bounds, zoom) {
    const box = /** @type {[number, number, number, number]} */ ([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]);
    return this.index.getClusters(box, Math.round(zoom));
  }

  /** Rows in a cluster, at most so many. @param {number} cluster @param {number} most */
  rowsOf(cluster, most) {
    return this.index.getLeaves(cluster, most).map((leaf) => leaf.properties.row);
  }

  /** @param {number} cluster */
  splitZoom(cluster) {
    return this.index.getClusterExpansionZoom(cluster);
  }

  /** @param {string} column @param {number} row */
  word(column, row) {
    return this.columns.codes[column][/** @type {any} */ (this.columns)[column][row]];
  }

  /** Days of the record with the number of incidents of each group. @returns {Map<number, number[]>} */
  days() {
    const { n, start, end, group, background } = this.columns;
    const found = new Map();
    for (let row = 0; row < n; row += 1) {
      if (!start[row] || background[row] || end[row] - start[row] > 31) continue;
      let counts = found.get(start[row]);
      if (!counts) found.set(start[row], (counts = GROUPS.map(() => 0)));
      counts[group[row]] += 1;
    }
    return found;
  }

  /** The box around what is shown, or null. */
  bounds() {
    const { lat, lon, precision, codes } = this.columns;
    const fine = this.shown.filter((row) => lat[row] !== null && codes.precision[precision[row]] !== "province");
    const rows = fine.length ? fine : this.shown.filter((row) => lat[row] !== null);
    if (!rows.length) return null;
    return L.latLngBounds(rows.map((row) => L.latLng(Number(lat[row]), Number(lon[row]))));
  }
}

function newIndex() {
  return new Supercluster({
    radius: 44,
    maxZoom: 11,
    minPoints: 2,
    map: (own) => ({ kinds: own.kinds, size: own.size }),
    reduce: (sum, part) => {
      sum.kinds = sum.kinds.map((/** @type {number} */ count, /** @type {number} */ kind) => count + part.kinds[kind]);
      sum.size = Math.max(sum.size, part.size);
    },
  });
}
