// Small manners shared by every page. Everything is delegated to the document, so that fragments swapped in by htmx
// behave like the rest of the page without being wired again.

/** Puts a sentence where screen readers hear it, and where everyone sees it for a moment. */
export function announce(sentence) {
  const live = document.getElementById("live");
  if (!live || !sentence) return;
  live.textContent = "";
  clearTimeout(announce.timer);
  requestAnimationFrame(() => { live.textContent = sentence; });
  announce.timer = setTimeout(() => { live.textContent = ""; }, 6000);
}

// Menus: <details class="menu">. One open at a time; Escape gives the focus back; a click elsewhere closes.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target) || event.target.closest(".menu > div a, .menu > div button")) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
});
document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// <details class="unfolds">: what is folded on the screen is open on paper, whatever the age of the browser.
window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details.unfolds:not([open])")) {
    one.open = true;
    one.dataset.printed = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("details.unfolds[data-printed]")) {
    one.open = false;
    delete one.dataset.printed;
  }
});

// Dialogs: <a href="/page" data-dialog="id"> opens <dialog id>; without JavaScript the link leads to the page.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
  else if (event.target.matches?.("dialog[open]") && outside(event)) event.target.close();
});

function outside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

// Fragments: the server may send HX-Trigger: {"announce": "Deux idées rapprochées"}, and mark with data-focus the
// element that should hold the focus once the fragment is in place.
document.addEventListener("announce", (event) => announce(event.detail?.value ?? event.detail));
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.elt;
  const held = target.matches?.("[data-focus]") ? target : target.querySelector?.("[data-focus]");
  if (!held) return;
  if (!held.matches("a, button, input, select, textarea, summary")) held.tabIndex = -1;
  held.focus();
});
document.addEventListener("htmx:sendError", () => {
  announce("La connexion est coupée : rien n'a été enregistré. Réessayez dans un instant.");
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // A refusal (4xx) comes with its sentence: show it. A failure of ours (5xx) has no page to show here.
  const { xhr } = event.detail;
  if (xhr.status >= 400 && xhr.status < 500) event.detail.shouldSwap = true;
  if (xhr.status >= 500) announce("Le serveur n'a pas pu répondre. Réessayez ; si cela dure, prévenez l'équipe.");
});

// A form sent twice by a double click is sent once; a form that answers with a file may be sent again a little later.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("hx-post") || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 3000);
});
