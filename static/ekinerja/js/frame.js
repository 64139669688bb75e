// The frame: one submit at a time, errors in focus, answers to htmx in their place. Pages work without it.
(() => {
  "use strict";

  const busy = (form, on) => {
    form.toggleAttribute("data-sending", on);
    if (on) form.setAttribute("aria-busy", "true");
    else form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (on && !button.disabled) {
        button.disabled = true;
        button.setAttribute("data-was-enabled", "");
      } else if (!on && button.hasAttribute("data-was-enabled")) {
        button.disabled = false;
        button.removeAttribute("data-was-enabled");
      }
    }
  };

  // After the browser has read the pressed button's name and value, so not at once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-plain")) return;
    if (form.hasAttribute("data-sending")) event.preventDefault();
    else setTimeout(() => busy(form, true));
  });
  const release = () => document.querySelectorAll("form[data-sending]").forEach((form) => busy(form, false));
  window.addEventListener("pageshow", release);
  document.addEventListener("htmx:afterRequest", release);

  // What an address or a link names inside a fold is shown, and a fold with an error in it stands open.
  const unfold = (it) => {
    for (let fold = it?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  const unfoldNamed = (hash) => {
    const named = hash.length > 1 && document.getElementById(hash.slice(1));
    if (!named || !named.closest("details")) return;
    unfold(named);
    named.scrollIntoView();
  };
  document.querySelectorAll("details :is(.is-bad, [data-errors])").forEach(unfold);
  unfoldNamed(window.location.hash);
  window.addEventListener("hashchange", () => unfoldNamed(window.location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === window.location.hash) unfoldNamed(link.hash);
  });

  const focusErrors = (root) => root.querySelector("[data-errors]")?.focus();
  focusErrors(document);
  document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.target));

  // A link of the summary leads to a group of tiles: the first tile takes the focus.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-errors] a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    (target.matches("fieldset") ? target.querySelector("input") : target).focus();
  });

  // A part that is cut out of the page it asked for, by hx-select.
  const isAskedFor = ({ xhr, requestConfig }) =>
    requestConfig.elt.hasAttribute("hx-select") &&
    xhr.status < 300 &&
    new URL(xhr.responseURL).pathname === new URL(requestConfig.path, window.location).pathname;

  // A whole page in answer to a part (signed out meanwhile, a refusal) replaces the page, not the part.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (!/^\s*<!doctype/i.test(answer.responseText) || isAskedFor(event.detail)) return;
    event.detail.shouldSwap = false;
    if (answer.status < 300) window.location.assign(answer.responseURL);
    else window.location.reload();
  });

  const unsent = (event) => {
    document.getElementById("ek-unsent-shown")?.remove();
    const note = document.getElementById("ek-unsent").content.firstElementChild.cloneNode(true);
    note.id = "ek-unsent-shown";
    (event.detail.elt.closest("form, [data-walk]") || document.getElementById("isi")).prepend(note);
  };
  document.addEventListener("htmx:sendError", unsent);
  document.addEventListener("htmx:timeout", unsent);
  document.addEventListener("htmx:responseError", unsent);

  // Menus close by Escape and by a click elsewhere.
  const closeMenus = (but) =>
    document.querySelectorAll("details[data-closes][open]").forEach((menu) => {
      if (menu !== but) menu.open = false;
    });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-closes]")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details[data-closes][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
