// A value and its words light up together: point at (or focus) a value and its words are marked, point at a mark and its event is.

/** @param {Element} scope */
function clear(scope) {
  scope.classList.remove("has-lit");
  for (const lit of scope.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
}

/** @param {string} at "12:20 40:44" */
function stretches(at) {
  return at.split(" ").filter(Boolean).map((part) => part.split(":").map(Number));
}

/** @param {Element} scope @param {Element} value */
function lightWords(scope, value) {
  clear(scope);
  const wanted = stretches(value.getAttribute("data-at") ?? "");
  let found = false;
  for (const piece of scope.querySelectorAll("mark[data-start]")) {
    const start = Number(piece.getAttribute("data-start"));
    const end = start + [...(piece.textContent ?? "")].length;
    if (!wanted.some(([from, to]) => start < to && from < end)) continue;
    piece.classList.add("is-lit");
    found = true;
  }
  value.classList.add("is-lit");
  scope.classList.toggle("has-lit", found);
}

/** @param {Element} scope @param {string} owner */
function lightOwner(scope, owner) {
  clear(scope);
  let found = false;
  for (const piece of scope.querySelectorAll("mark[data-owners]")) {
    const own = (piece.getAttribute("data-owners") ?? "").split(" ").includes(owner);
    piece.classList.toggle("is-lit", own);
    found ||= own;
  }
  scope.classList.toggle("has-lit", found);
  for (const event of scope.querySelectorAll(".event")) {
    event.classList.toggle("is-chosen", event.getAttribute("data-owner") === owner);
  }
}

/** @param {Event} event */
function point(event) {
  if (!(event.target instanceof Element)) return;
  const scope = event.target.closest("[data-text]");
  if (!scope) return;
  const value = event.target.closest("[data-at]");
  const owner = event.target.closest("[data-owner]");
  if (value) lightWords(scope, value);
  else if (owner) lightOwner(scope, owner.getAttribute("data-owner") ?? "");
  else if (!event.target.closest("mark")) clear(scope);
}

/** @param {MouseEvent} event */
function choose(event) {
  if (!(event.target instanceof Element)) return;
  const mark = event.target.closest("mark[data-owners]");
  const scope = mark?.closest(".reading");
  if (!mark || !scope) return;
  const owners = (mark.getAttribute("data-owners") ?? "").split(" ");
  const now = scope.querySelector(".event.is-chosen")?.getAttribute("data-owner") ?? "";
  const next = owners[(owners.indexOf(now) + 1) % owners.length];
  lightOwner(scope, next);
  scope.querySelector(`.event[data-owner="${CSS.escape(next)}"]`)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

document.addEventListener("mouseover", point);
document.addEventListener("focusin", point);
document.addEventListener("click", choose);

// On a phone the pages' names are wider than the window: the one that is open stands in view.
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
