// The view is the address: filters, days, open incident, mode and map position are read from it and written to it, nowhere else.

import { say } from "./strings.js";

const EPOCH = 719163; // 1970-01-01 counted from 0001-01-01, as the server counts days

/** @param {number} ordinal */
export function isoOf(ordinal) {
  return new Date((ordinal - EPOCH) * 864e5).toISOString().slice(0, 10);
}

/** @param {string | null} iso @returns {number | null} */
export function ordinalOf(iso) {
  const time = iso ? Date.parse(`${iso}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / 864e5) + EPOCH;
}

const MONTHS = say("months").split(" ");

/** @param {number} ordinal */
export function dayWords(ordinal) {
  const [year, month, day] = isoOf(ordinal).split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** @param {number} ordinal */
export function monthWords(ordinal) {
  const [year, month] = isoOf(ordinal).split("-").map(Number);
  return `${MONTHS[month - 1]} ${year}`;
}

/** The filters that are filled in, as the server's query knows them. @param {HTMLFormElement} form */
export function filtersOf(form) {
  const found = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) found.append(name, String(value));
  return found;
}

/** @returns {{open: string | null, mode: string, day: string | null, map: number[] | null}} */
export function viewOf() {
  const asked = new URLSearchParams(location.search);
  const at = (asked.get("map") ?? "").split(",").map(Number);
  return {
    open: asked.get("open"),
    mode: asked.get("mode") === "holdings" ? "holdings" : "incidents",
    day: asked.get("day"),
    map: at.length === 3 && at.every(Number.isFinite) ? at : null,
  };
}

/** @param {URLSearchParams} filters @param {Record<string, string | null>} more */
export function writeAddress(filters, more) {
  const all = new URLSearchParams(filters);
  for (const [name, value] of Object.entries(more)) if (value) all.set(name, value);
  const words = all.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", words ? `/?${words}` : "/");
}

/** @param {string} name */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export const GROUPS = ["violence", "control", "coercion", "unrest", "politics", "humanitarian"];

/** Wait until the calls stop. @param {() => void} work @param {number} ms */
export function settled(work, ms) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(work, ms);
  };
}
