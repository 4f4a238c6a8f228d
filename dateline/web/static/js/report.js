// Words selected in a report fill the form for an event that was missed; offsets count characters, as the record does.

const form = document.querySelector("#missed");
const text = document.querySelector(".reading .text");

/** @param {string} name @returns {HTMLInputElement | null} */
function field(name) {
  const found = form?.querySelector(`[name="${name}"]`);
  return found instanceof HTMLInputElement ? found : null;
}

/** Characters of the report before a spot: the article's text is the report's, letter for letter.
 * @param {Element} whole @param {Node} node @param {number} offset */
function place(whole, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(whole);
  before.setEnd(node, offset);
  return [...before.toString()].length;
}

function take() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !text || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const [words, from, to] = ["words", "start_at", "end_at"].map(field);
  if (!words || !from || !to || !form) return;
  words.value = range.toString().replace(/\s+/g, " ").trim();
  from.value = String(place(text, range.startContainer, range.startOffset));
  to.value = String(place(text, range.endContainer, range.endOffset));
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
