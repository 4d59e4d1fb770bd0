// The live board: drag and drop, keys, and news from the others. The same addresses serve the page without script.
import { announce } from "../kit/kit.js";

const REFRESH = 3000;
let lifted = null; // the identity of the note in the hand (drag) or picked with R

const board = () => document.getElementById("board");
const noteOf = (target) => target?.closest?.("#board .note");
const columnOf = (target) => target?.closest?.("#board .board-column");
const memberOf = (target) => target?.closest?.("#board .gathered__note");

/** Sends one operation; the server answers with the whole board. */
async function act(url, values, focus) {
  lifted = null;
  await window.htmx.ajax("POST", url, { target: "#board", swap: "outerHTML", values });
  document.getElementById(focus)?.querySelector("a")?.focus();
}

const gather = (line, onto) => act(board().dataset.gatherUrl, { line: line.dataset.line, kept: onto.dataset.line }, onto.id);
const move = (line, column) => act(board().dataset.moveUrl, { line: line.dataset.line, heading: column.dataset.heading }, line.id);

const separate = (member, place = {}) => act(board().dataset.separateUrl, { line: member.dataset.member, ...place }, member.id.replace("m-", "l-"));

// Drag: onto a note gathers, onto a column moves; a gathered note pulled out of its line is separated.
document.addEventListener("dragstart", (event) => {
  const note = memberOf(event.target) ?? noteOf(event.target);
  if (!note || note.getAttribute("draggable") !== "true") return;
  lifted = note.id;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", note.querySelector(".note__words, span").textContent);
  note.classList.add("is-lifted");
});
document.addEventListener("dragend", () => {
  lifted = null;
  clear("is-lifted", "is-over");
});
document.addEventListener("dragover", (event) => {
  const place = lifted && (noteOf(event.target) ?? columnOf(event.target));
  if (!place || place.id === lifted) return;
  event.preventDefault();
  clear("is-over");
  place.classList.add("is-over");
});
document.addEventListener("drop", (event) => {
  const line = lifted && document.getElementById(lifted);
  const note = noteOf(event.target);
  const column = columnOf(event.target);
  clear("is-lifted", "is-over");
  if (!line || !column) return;
  event.preventDefault();
  if (memberOf(line)) {
    if (note !== noteOf(line)) separate(line, note ? { kept: note.dataset.line } : { heading: column.dataset.heading });
  } else if (note && note !== line) gather(line, note);
  else if (!note && column !== columnOf(line)) move(line, column);
});

function clear(...names) {
  for (const name of names) for (const found of document.querySelectorAll(`#board .${name}`)) found.classList.remove(name);
}

// Keys, when a note has the focus.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key === "z") return press(event, document.getElementById("undo"));
  if (event.key === "Escape") return unpick();
  const note = noteOf(event.target);
  if (!note) return;
  if (event.key === "+") press(event, note.querySelector(".tally"));
  else if (event.key === "r" || event.key === "R") pick(event, note);
  else if (event.key === "s" || event.key === "S") unfold(event, note);
  else if (/^[1-9]$/.test(event.key)) toColumn(event, note, Number(event.key) - 1);
  else if (event.key.startsWith("Arrow")) walk(event, note);
});

function press(event, button) {
  if (!button) return;
  event.preventDefault();
  button.click();
}

function unpick() {
  if (!document.querySelector("#board .is-picked")) return;
  lifted = null;
  clear("is-picked");
  announce("Note reposée.");
}

function pick(event, note) {
  if (!board().dataset.gatherUrl) return;
  event.preventDefault();
  const first = document.querySelector("#board .is-picked");
  if (first === note) return unpick();
  if (first) return gather(first, note);
  lifted = note.id;
  note.classList.add("is-picked");
  announce("Note prise. Allez sur l'autre et appuyez encore sur R pour les rapprocher, ou sur Échap.");
}

/** S on a line shows what is gathered under it; S on one of those separates it. */
function unfold(event, note) {
  const member = memberOf(event.target);
  const details = note.querySelector(".gathered");
  if (!details || !board().dataset.separateUrl) return;
  event.preventDefault();
  if (member) return separate(member);
  details.open = true;
  details.querySelector(".gathered__note button")?.focus();
}

function toColumn(event, note, index) {
  const column = document.querySelectorAll("#board .board-column")[index];
  if (!column || !board().dataset.moveUrl || column === columnOf(note)) return;
  event.preventDefault();
  move(note, column);
}

function walk(event, note) {
  const columns = [...document.querySelectorAll("#board .board-column")];
  const notes = [...columnOf(note).querySelectorAll(".note")];
  const row = notes.indexOf(note);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  let next;
  if (step) {
    let at = columns.indexOf(columnOf(note)) + step;
    while (columns[at] && !columns[at].querySelector(".note")) at += step;
    const beside = columns[at] ? [...columns[at].querySelectorAll(".note")] : [];
    next = beside[Math.min(row, beside.length - 1)];
  } else next = notes[row + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.querySelector(".note__words").focus();
}

// The board is swapped whole after each operation: what was being typed in it stays, and so does the focus.
let kept = { typed: new Map(), focus: "" };
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "board" || event.detail.xhr.status >= 400) return;
  const sent = event.detail.requestConfig?.elt?.closest?.("form.add")?.querySelector("textarea");
  const areas = [...document.querySelectorAll("#board textarea")].filter((area) => area.value && area !== sent);
  const here = document.activeElement;
  kept.typed = new Map(areas.map((area) => [area.id, area.value]));
  kept.focus = sent?.id ?? (here?.matches("#board textarea") ? here.id : noteOf(here)?.id ?? "");
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.elt.id !== "board") return;
  for (const [id, value] of kept.typed) {
    const area = document.getElementById(id);
    if (area) area.value = value;
  }
  const focus = document.getElementById(kept.focus);
  if (focus && document.activeElement === document.body) (focus.matches("textarea") ? focus : focus.querySelector("a"))?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.target.closest?.("#board form.add")?.requestSubmit();
});

// News from the others: a few bytes every three seconds, the board again only when something was done.
setInterval(async () => {
  const shown = board();
  if (document.hidden || lifted || !shown) return;
  const answer = await fetch(shown.dataset.stateUrl, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const { revision } = await answer.json();
  if (board() !== shown || revision === shown.dataset.revision || lifted) return;
  window.htmx.ajax("GET", window.location.pathname + window.location.search, { target: "#board", swap: "outerHTML" });
}, REFRESH);
