// What one types in form[data-keep="key"] is kept in this browser until it is saved, for a day at most.
// It goes at sign-out, and when anybody else signs in here.
(() => {
  "use strict";

  const DAY = 24 * 3600 * 1000;
  const ALL = "ek-keep:";
  const GONE = "ek-signed-out";
  const person = document.body.dataset.person;
  const prefix = `${ALL}${person}:`;
  const forms = [...document.querySelectorAll("form[data-keep]")];
  if (!storage()) return;

  function storage() {
    try {
      localStorage.setItem("ek-try", "1");
      localStorage.removeItem("ek-try");
      return true;
    } catch {
      return false;
    }
  }

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const kept = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));

  // A page of this person that stays open elsewhere keeps nothing after the sign-out either.
  let open = true;
  const forget = () => {
    for (const key of kept(ALL)) localStorage.removeItem(key);
    open = false;
    localStorage.setItem(GONE, String(Date.now()));
  };
  window.addEventListener("storage", (event) => {
    if (event.key === GONE) open = false;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) forget();
  });
  if (!person) return;
  for (const key of kept(ALL)) if (!key.startsWith(prefix)) localStorage.removeItem(key);
  const fields = (form) =>
    [...form.elements].filter(
      (field) => field.name && !["hidden", "password", "file", "submit", "button", "checkbox"].includes(field.type),
    );
  const isEmpty = (form, field) =>
    field.type === "radio" ? !form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`) : field.value === "";

  const show = (form, id, place) => {
    form.querySelector(`[data-shown="${id}"]`)?.remove();
    const note = document.getElementById(id).content.firstElementChild.cloneNode(true);
    note.dataset.shown = id;
    form[place](note);
  };

  const keep = (form) => {
    if (!open) return;
    const values = {};
    for (const field of fields(form)) {
      if (field.type === "radio" ? field.checked : field.value !== "") values[field.name] = field.value;
    }
    try {
      localStorage.setItem(prefix + form.dataset.keep, JSON.stringify({ at: Date.now(), values }));
      show(form, "ek-kept", "append");
    } catch {
      // A full store keeps nothing, and the badge does not say that it does.
    }
  };

  const restore = (form) => {
    const draft = read(prefix + form.dataset.keep);
    let filled = false;
    for (const field of draft ? fields(form) : []) {
      const value = draft.values[field.name];
      if (value === undefined || !isEmpty(form, field)) continue;
      if (field.type !== "radio") field.value = value;
      else if (field.value === value) field.checked = true;
      else continue;
      filled = true;
    }
    if (!filled) return;
    show(form, "ek-restored", "prepend");
    for (let part = form.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  };

  // The receipt on this page says that what was sent is saved.
  const saved = document.querySelector("[data-saved]") !== null;
  for (const key of kept(prefix)) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > DAY || (saved && draft.sent)) localStorage.removeItem(key);
  }

  for (const form of forms) {
    let timer;
    restore(form);
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => keep(form), 400);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      keep(form);
      const key = prefix + form.dataset.keep;
      const draft = read(key);
      if (open && draft) localStorage.setItem(key, JSON.stringify({ ...draft, sent: true }));
    });
  }
})();
