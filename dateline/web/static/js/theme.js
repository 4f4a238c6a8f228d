// Runs before the page is drawn, so that a dark page never flashes white. What the reader chose outranks the system.
(() => {
  const wanted = () => {
    const kept = localStorage.getItem("theme");
    return kept ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  };
  const show = () => {
    document.documentElement.dataset.theme = wanted();
    window.dispatchEvent(new Event("dateline:theme"));
  };
  show();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-switch]")) return;
    localStorage.setItem("theme", wanted() === "dark" ? "light" : "dark");
    show();
  });
})();
