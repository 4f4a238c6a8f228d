// Review by keyboard alone: a key presses the button that names it, in the chosen account or else in the whole item.

let joining = false;

/** @param {Element | null} account */
function choose(account) {
  for (const other of document.querySelectorAll(".judged")) other.classList.toggle("is-chosen", other === account);
}

/** @param {string} key @returns {HTMLElement | null} */
function buttonFor(key) {
  const chosen = document.querySelector(".judged.is-chosen") ?? document.querySelector(".judged");
  const place = chosen?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`#item [data-key="${key}"]`);
  return place instanceof HTMLElement ? place : null;
}

/** @param {EventTarget | null} target */
function writing(target) {
  return target instanceof Element && target.closest("input:not([type=hidden]), select, textarea") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  const number = /^[1-9]$/.test(event.key);
  if (number && !joining) {
    const account = document.querySelector(`.judged[data-account="${event.key}"]`);
    if (account instanceof HTMLElement) choose(account), account.focus();
    return;
  }
  const key = joining && number ? `m${event.key}` : event.key;
  joining = event.key === "m";
  const button = buttonFor(key);
  if (!button) return;
  event.preventDefault();
  button.click();
  if (key === "c") button.closest("details")?.querySelector("select")?.focus();
});

document.addEventListener("focusin", (event) => {
  const account = event.target instanceof Element ? event.target.closest(".judged") : null;
  if (account instanceof HTMLElement) choose(account);
});

// The coder's name is kept in this browser, so that the queue opens where it was left.
const coder = document.querySelector("[data-coder]");
if (coder instanceof HTMLInputElement) {
  if (coder.value) localStorage.setItem("coder", coder.value);
  else coder.value = localStorage.getItem("coder") ?? "";
}
// Whoever came to correct a value need not say again who they are.
const asked = new URLSearchParams(location.search);
if (asked.get("event") && !asked.get("by") && coder instanceof HTMLInputElement && coder.value) coder.form?.submit();
choose(document.querySelector(".judged:has([autofocus])") ?? document.querySelector(".judged"));
document.querySelector(".judged [autofocus]")?.scrollIntoView({ block: "center" });

export {}; // a module: its names are its own
