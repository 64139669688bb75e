// The form behind a button of a row: it stands once on the page, in template[data-form], and is brought into the
// [data-walk] row whose [data-opens] button asks for it. Without JavaScript the button is a link to a page with it.
(() => {
  "use strict";

  const NAMES = ["id", "for", "aria-describedby", "aria-labelledby"];

  // Its parts are named after a row 0; in a row they are named after that row.
  const name = (form, number) => {
    for (const part of form.querySelectorAll(NAMES.map((it) => `[${it}]`).join(", "))) {
      for (const it of NAMES) {
        if (part.hasAttribute(it)) part.setAttribute(it, part.getAttribute(it).replaceAll("k0-", `k${number}-`));
      }
    }
  };

  const fill = (form, button) => {
    const { version, hint, min, max } = button.dataset;
    const address = new URL(button.href);
    form.action = address.pathname;
    form.setAttribute("hx-post", address.pathname);
    form.elements.version.value = version;
    form.elements.back.value = address.searchParams.get("back");
    if (hint) form.querySelector("[id$='minutes_hint']").textContent = hint;
    if (min) Object.assign(form.elements.due_on, { min, max, value: min });
  };

  const open = (button) => {
    const row = button.closest("[data-walk]");
    const place = row.querySelector("[data-answer]");
    const before = place.querySelector("form")?.dataset.act;
    place.replaceChildren();
    if (before === button.dataset.opens) return;
    const form = document.querySelector(`template[data-form="${button.dataset.opens}"]`).content.firstElementChild.cloneNode(true);
    name(form, row.id.slice("k-".length));
    fill(form, button);
    place.append(form);
    window.htmx.process(form);
    form.querySelector("input:not([type=hidden]), textarea").focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-opens]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(button);
  });
})();
