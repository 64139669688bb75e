// Keys of the review page and the workbench. j and k walk [data-row]; any other key presses [data-key].
(() => {
  "use strict";

  const OFF = "ek-keys-off";
  const enabled = () => localStorage.getItem(OFF) === null;
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const current = () => document.activeElement?.closest("[data-row]");
  let last = -1;

  const focusRow = (row) => {
    if (!row) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    last = rows().indexOf(row);
  };

  const walk = (step) => {
    const all = rows();
    const at = current() ? all.indexOf(current()) : last < 0 && step < 0 ? all.length : last < 0 ? -1 : last;
    focusRow(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
  };

  const press = (key) => {
    const selector = `[data-key="${CSS.escape(key)}"]`;
    const row = current();
    const page = [...document.querySelectorAll(selector)].filter((button) => !button.closest("[data-row]"));
    const button = row?.querySelector(selector) || page[0];
    if (!button || button.disabled) return false;
    if (row) last = rows().indexOf(row);
    button.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (!enabled() && event.key !== "?") return;
    if ((event.key === "j" || event.key === "k") && rows().length) walk(event.key === "j" ? 1 : -1);
    else if (event.key.length !== 1 || !press(event.key)) return;
    event.preventDefault();
  });

  // A row that was swapped took the focus with it: the row in its place gets it back.
  document.addEventListener("htmx:afterSettle", () => {
    if (last >= 0 && document.activeElement === document.body) focusRow(rows()[Math.min(last, rows().length - 1)]);
  });

  for (const box of document.querySelectorAll("[data-keys-switch]")) {
    box.checked = enabled();
    box.addEventListener("change", () =>
      box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"),
    );
  }
})();
