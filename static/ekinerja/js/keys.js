// Keys of the review and the workbench. j and k walk [data-walk]; any other key presses [data-key] in the row one is on.
(() => {
  "use strict";

  const OFF = "ek-keys-off";
  const FIELD = "input:not([type=checkbox], [type=hidden]), textarea, select, [contenteditable]";
  const enabled = () => localStorage.getItem(OFF) === null;
  const shown = () => [...document.querySelectorAll("[data-walk]")].filter((it) => it.getClientRects().length);
  const current = () => document.activeElement?.closest("[data-walk]");
  let last = null; // {id, at}: a row that was swapped has the same id, or the place of one that is gone

  const focusOn = (it) => {
    if (!it) return;
    if (it.matches("summary")) it.parentElement.open = true;
    else it.tabIndex = -1;
    it.focus({ preventScroll: true });
    it.scrollIntoView({ block: "nearest" });
    last = { id: it.id, at: shown().indexOf(it) };
  };

  const stoodOn = () => (last && (document.getElementById(last.id) || shown()[last.at])) || null;

  const walk = (step) => {
    const all = shown();
    const at = all.indexOf(current() || stoodOn());
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
    focusOn(all[Math.min(Math.max(next, 0), all.length - 1)]);
  };

  const act = (button) => {
    const form = button.closest("summary")?.parentElement;
    if (!form) return button.click();
    if (!form.open) button.click();
    // Once the details has laid its form out.
    requestAnimationFrame(() => (form.querySelector(FIELD) || form).focus());
  };

  // On a row its own button is pressed; from a person the key only leads to the first row that has one.
  const press = (key) => {
    const selector = `[data-key="${CSS.escape(key)}"]`;
    const here = current();
    const own = here?.matches("summary") ? null : here?.querySelector(selector);
    const onPage = [...document.querySelectorAll(selector)].find((it) => !it.closest("[data-walk]"));
    const inFold = here?.matches("summary") ? here.parentElement : here ? null : document;
    const row = inFold && shown().find((it) => inFold.contains(it) && it.querySelector(selector));
    const button = own || onPage;
    if (button && !button.disabled) {
      if (own) last = { id: here.id, at: shown().indexOf(here) };
      act(button);
    } else if (row) focusOn(row);
    return Boolean(button || row);
  };

  // A form with one button only: of several verdicts none is the one that is meant.
  const send = (form) => {
    const buttons = form?.querySelectorAll("button:not([type=button])") || [];
    if (buttons.length !== 1 || buttons[0].disabled) return false;
    form.requestSubmit(buttons[0]);
    return true;
  };

  const leave = (field) => {
    const form = field.closest("[data-walk] details[open]");
    const row = field.closest("[data-walk]");
    if (form) form.open = false;
    field.closest("[data-answer]")?.replaceChildren();
    if (row) focusOn(row);
    else field.blur();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !document.querySelector("[data-keys]")) return;
    if (!enabled() && event.key !== "?") return;
    const field = event.target.closest(FIELD);
    const chord = event.ctrlKey || event.metaKey;
    if (event.altKey || (chord && event.key !== "Enter")) return;
    if (chord) {
      if (!send(event.target.closest("main form"))) return;
    } else if (event.key === "Escape" && field) leave(field);
    else if (field) return;
    else if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    else if (event.repeat || event.key.length !== 1 || !press(event.key)) return;
    event.preventDefault();
  });

  // A row that was swapped took the focus with it: the row in its place gets it back.
  document.addEventListener("htmx:afterSettle", () => {
    if (last && document.activeElement === document.body) focusOn(stoodOn());
  });

  // The help names what works here: a key whose button is nowhere on the page is not listed.
  const works = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"], [data-brings~="${CSS.escape(key)}"]`);
  const list = (help) => {
    for (const line of help.querySelectorAll("[data-for]")) line.hidden = !works(line.dataset.for);
  };
  for (const help of document.querySelectorAll("[data-keys]")) {
    list(help);
    help.addEventListener("toggle", () => list(help));
  }

  for (const box of document.querySelectorAll("[data-keys-switch]")) {
    box.checked = enabled();
    box.addEventListener("change", () =>
      box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"),
    );
  }
})();
