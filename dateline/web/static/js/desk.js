// The desk: filters, list, map, timeline and card say the same thing at any moment, and the address says it too.

import { Incidents } from "./incidents.js";
import { DeskMap } from "./map.js";
import { Ledger } from "./holdings.js";
import { Timeline } from "./timeline.js";
import { filtersOf, isoOf, ordinalOf, settled, viewOf, writeAddress } from "./view.js";
import { say } from "./strings.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("filters"));
const list = /** @type {HTMLElement} */ (document.getElementById("list"));
const card = /** @type {HTMLElement} */ (document.getElementById("card"));
const tip = /** @type {HTMLElement} */ (document.getElementById("tip"));
const dayBar = /** @type {HTMLElement} */ (document.getElementById("day-bar"));
const allDays = /** @type {HTMLButtonElement} */ (document.getElementById("all-days"));
const followed = /** @type {HTMLAnchorElement} */ (document.getElementById("alert"));
const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

const start = viewOf();
const state = { open: start.open, mode: start.mode, asked: "", tip: 0 };

const map = new DeskMap(/** @type {HTMLElement} */ (document.getElementById("map")));
const timeline = new Timeline(/** @type {HTMLCanvasElement} */ (document.getElementById("timeline")), chooseDays);
const ledger = new Ledger(dayBar, showHoldings);

function remember() {
  followed.href = `/alerts?view=${encodeURIComponent(filtersOf(form).toString())}`;
  const at = map.map.getCenter();
  const where = `${at.lat.toFixed(3)},${at.lng.toFixed(3)},${map.map.getZoom()}`;
  const holdings = state.mode === "holdings";
  writeAddress(filtersOf(form), {
    open: state.open,
    mode: holdings ? "holdings" : null,
    day: holdings && ledger.day ? isoOf(ledger.day) : null,
    map: where,
  });
}

/** Filters that the server applies to the map's columns: all but the days, which the timeline keeps in view. */
function wideQuery() {
  const wide = filtersOf(form);
  wide.delete("since");
  wide.delete("until");
  return wide.toString();
}

async function refresh() {
  const asked = wideQuery();
  if (asked !== state.asked || !map.incidents) {
    state.asked = asked;
    map.incidents = await Incidents.ask(asked);
    timeline.show(map.incidents.days());
  }
  const [since, until] = [ordinalOf(field("since").value), ordinalOf(field("until").value)];
  map.incidents.between(since, until);
  timeline.choose(since, until);
  allDays.hidden = since === null && until === null;
  markEpisode();
  map.draw();
  remember();
}

async function filtered() {
  if (state.mode === "incidents") await htmx.ajax("GET", `/list?${filtersOf(form)}`, { target: list, swap: "innerHTML" });
  await refresh();
  if (state.mode === "holdings") {
    ledger.between(ordinalOf(field("since").value), ordinalOf(field("until").value));
    ledger.go(null);
  }
}

/** @param {number | null} since @param {number | null} until */
function chooseDays(since, until) {
  field("since").value = since === null ? "" : isoOf(since);
  field("until").value = until === null ? "" : isoOf(until);
  return filtered();
}

function markEpisode() {
  for (const button of document.querySelectorAll(".episodes button")) {
    const on = button.getAttribute("data-since") === field("since").value && button.getAttribute("data-until") === field("until").value;
    button.setAttribute("aria-pressed", String(on));
  }
}

/** @param {HTMLElement} button */
async function openEpisode(button) {
  const same = button.getAttribute("aria-pressed") === "true";
  field("place").value = same ? "" : (button.dataset.country ?? "");
  await chooseDays(same ? null : ordinalOf(button.dataset.since ?? null), same ? null : ordinalOf(button.dataset.until ?? null));
  map.fit(map.incidents?.bounds() ?? null);
}

/** @param {string} id */
async function openCard(id) {
  state.open = id;
  map.chosen = id;
  await htmx.ajax("GET", `/incidents/${encodeURIComponent(id)}`, { target: card, swap: "innerHTML" });
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = say("close");
  close.addEventListener("click", closeCard);
  card.prepend(close);
  card.hidden = false;
  card.scrollTop = 0;
  markOpen();
  map.uncover(id, card.offsetWidth);
  map.draw();
  remember();
  close.focus({ preventScroll: true });
}

function closeCard() {
  const was = state.open;
  state.open = null;
  map.chosen = "";
  card.hidden = true;
  card.replaceChildren();
  markOpen();
  map.draw();
  remember();
  const item = was && list.querySelector(`[data-incident="${CSS.escape(was)}"]`);
  if (item instanceof HTMLElement) item.focus({ preventScroll: true });
}

function markOpen() {
  for (const item of list.querySelectorAll(".item")) {
    if (item.getAttribute("data-incident") === state.open) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  }
}

/** @param {string} mode */
async function setMode(mode) {
  state.mode = mode;
  for (const button of document.querySelectorAll("[data-mode]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-mode") === mode));
  }
  dayBar.hidden = mode !== "holdings";
  /** @type {HTMLElement} */ (document.getElementById("legend")).hidden = mode === "holdings";
  hideTip();
  if (mode === "holdings") {
    if (!ledger.all.length) await ledger.load(field("as_known_on").value);
    ledger.between(ordinalOf(field("since").value), ordinalOf(field("until").value));
    ledger.go(start.day);
    return;
  }
  ledger.stop();
  map.holdings = null;
  showHolders();
  await filtered();
}

const showRows = settled(() => {
  if (state.mode !== "holdings") return;
  const asked = new URLSearchParams({ on: isoOf(ledger.day), view: "list" });
  if (field("place").value) asked.set("place", field("place").value);
  htmx.ajax("GET", `/holdings?${asked}`, { target: list, swap: "innerHTML" });
}, 120);

/** @param {number} _day @param {any[]} holdings */
function showHoldings(_day, holdings) {
  map.holdings = holdings;
  map.draw();
  showHolders();
  showRows();
  remember();
}

/** The holders' colours, beside the map and in the list. */
function showHolders() {
  const box = /** @type {HTMLElement} */ (document.getElementById("holders"));
  const names = [...map.inks.names.keys()];
  box.hidden = state.mode !== "holdings" || !names.length;
  box.replaceChildren(...names.map((name) => {
    const line = document.createElement("li");
    const square = document.createElement("span");
    square.className = "square";
    square.style.color = map.inks.of(name);
    line.append(square, name);
    return line;
  }));
}

function inkList() {
  for (const square of list.querySelectorAll("[data-holder]")) {
    if (square instanceof HTMLElement) square.style.color = map.inks.of(square.dataset.holder || null);
  }
}

function hideTip() {
  state.tip += 1;
  tip.hidden = true;
}

/** @param {import("./map.js").Spot | null} spot @param {L.Point | null} at */
async function point(spot, at) {
  hideTip();
  if (!spot || !at || !map.incidents) return;
  const number = state.tip;
  const words = await tipFor(spot);
  if (number !== state.tip) return;
  tip.replaceChildren(words);
  const wide = map.map.getSize();
  tip.hidden = false;
  tip.style.left = `${Math.min(spot.x + 14, wide.x - tip.offsetWidth - 10)}px`;
  tip.style.top = `${spot.y + tip.offsetHeight + 24 > wide.y ? spot.y - tip.offsetHeight - 12 : spot.y + 14}px`;
}

/** @param {import("./map.js").Spot} spot @returns {Promise<Node>} */
async function tipFor(spot) {
  if (spot.holding) return lines([spot.holding.place.name, holdingWords(spot.holding)]);
  const all = /** @type {Incidents} */ (map.incidents);
  if (spot.cluster !== null) {
    const rows = all.rowsOf(spot.cluster, Infinity);
    const name = all.columns.names[all.columns.name[rows[0]]];
    const one = rows.every((row) => all.columns.name[row] === all.columns.name[rows[0]]);
    const head = say(one ? "incidents_in" : "incidents", { n: rows.length, place: name });
    return lines([head, say(map.canPart(spot) ? "look_closer" : "list_them")]);
  }
  const answer = await fetch(`/tip/${encodeURIComponent(all.columns.id[/** @type {number} */ (spot.row)])}`);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text(); // our own template, its values escaped by the server
  return holder.content;
}

/** @param {any} holding */
function holdingWords(holding) {
  const doubt = holding.raw.contradicted_by.length ? ` (${say("disputed")})` : holding.unsure ? ` (${say("changing_hands")})` : "";
  return `${holding.holder ?? say("holder_not_named")}${holding.state === "held" ? "" : `, ${say(holding.state)}`}${doubt}`;
}

/** @param {string[]} words */
function lines(words) {
  const all = document.createDocumentFragment();
  words.forEach((text, place) => {
    const line = document.createElement("p");
    line.textContent = text;
    line.className = place ? "quiet" : "tip-what";
    all.append(line);
  });
  return all;
}

/** @param {import("./map.js").Spot} spot */
function choose(spot) {
  const all = /** @type {Incidents} */ (map.incidents);
  if (spot.holding) {
    if (spot.holding.raw.incident_id) openCard(spot.holding.raw.incident_id);
  } else if (spot.row !== null) openCard(all.columns.id[spot.row]);
  else if (!map.part(spot)) {
    const rows = all.rowsOf(/** @type {number} */ (spot.cluster), Infinity);
    field("place").value = all.columns.names[all.columns.name[rows[0]]];
    filtered();
  }
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const item = event.target.closest("#list [data-incident]");
  if (item) {
    event.preventDefault();
    openCard(item.getAttribute("data-incident") ?? "");
  }
  const episode = event.target.closest(".episodes button");
  if (episode instanceof HTMLElement) openEpisode(episode);
  const mode = event.target.closest("[data-mode]")?.getAttribute("data-mode");
  if (mode) setMode(mode);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.open) closeCard();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  filtered();
});
form.addEventListener("input", settled(filtered, 250));
allDays.addEventListener("click", () => chooseDays(null, null));
list.addEventListener("htmx:afterSettle", () => {
  markOpen();
  inkList();
});
window.addEventListener("dateline:theme", () => {
  map.repaint();
  timeline.draw();
});
map.onPoint = point;
map.onChoose = choose;
map.map.on("moveend", settled(remember, 200));

async function begin() {
  if (start.map) map.map.setView([start.map[0], start.map[1]], start.map[2]);
  await Promise.all([map.load(), refresh()]);
  if (!start.map) map.fit(map.incidents?.bounds() ?? null);
  if (start.mode === "holdings") await setMode("holdings");
  if (start.open) await openCard(start.open);
  document.body.dataset.ready = "true";
}
begin();
