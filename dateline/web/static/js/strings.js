// What scripts say, from the catalogue of strings: the server puts it on the page's body.

/** @type {Record<string, string>} */
const strings = JSON.parse(document.body.dataset.strings ?? "{}");

/** @param {string} name @param {Record<string, string | number>} [values] */
export function say(name, values = {}) {
  return strings[name].replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}
