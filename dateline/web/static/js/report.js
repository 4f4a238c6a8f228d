// Words selected in a report fill the form for an event that was missed; offsets count characters, as the record does.

const form = document.querySelector("#missed");
const text = document.querySelector(".reading .text");

/** @param {string} name @returns {HTMLInputElement | null} */
function field(name) {
  const found = form?.querySelector(`[name="${name}"]`);
  return found instanceof HTMLInputElement ? found : null;
}

/** @param {Node} node @param {number} offset @returns {number | null} */
function place(node, offset) {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest("[data-start]");
  if (!piece) return null;
  const before = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "").slice(0, offset) : "";
  return Number(piece.getAttribute("data-start")) + [...before].length;
}

function take() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !text || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  const [words, from, to] = ["words", "start_at", "end_at"].map(field);
  if (!words || !from || !to || !form) return;
  words.value = selection.toString();
  from.value = String(start);
  to.value = String(end);
  form.classList.add("is-filled");
}

if (form) document.addEventListener("selectionchange", take);

// The coder's name is kept in this browser, as in the review queue.
const coder = field("coder");
if (coder) {
  coder.value = coder.value || (localStorage.getItem("coder") ?? "");
  form?.addEventListener("submit", () => localStorage.setItem("coder", coder.value));
}

// The address names an event: it is chosen, so that its words stand out.
const named = location.hash.slice(1);
if (named) {
  const event = document.querySelector(`.event[data-owner="${CSS.escape(named)}"]`);
  if (event instanceof HTMLElement) event.focus();
}

export {}; // a module: its names are its own
