// A questionnaire on a poor network: what is typed stays on the device until the server has said that it arrived.
// A draft follows every touch; an answer sent joins a queue, from which it leaves when the server says yes. The identity
// of an answer is made here: sent twice, it is one answer. Without this script the form is a plain form.

const form = document.getElementById("survey");
const place = `comptoir${location.pathname}`;
const SHOWN = ["survey", "survey-sent", "survey-kept"];
let busy = false;
let waits = 5_000; // ms before the next try; doubled each time, a minute at most
let timer = 0;

if (form) begin();

function begin() {
  form.classList.add("is-live");
  form.querySelector("[data-clear]").hidden = false;
  const draft = read("brouillon", null);
  if (draft) fill(draft);
  else if (!form.dataset.refused) form.elements.envoi.value = identity();
  branch();
  form.addEventListener("input", () => { branch(); write("brouillon", taken()); });
  form.addEventListener("submit", submit);
  form.querySelector("[data-clear]").addEventListener("click", () => { empty(); form.scrollIntoView(); });
  for (const button of document.querySelectorAll("[data-again]")) button.addEventListener("click", again);
  window.addEventListener("online", () => { waits = 5_000; send(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) send(); });
  send();
}

/** A random identity (UUID, version 4): it says nothing of who answers nor when. */
function identity() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function read(what, otherwise) {
  try { return JSON.parse(localStorage.getItem(`${place}${what}`)) ?? otherwise; } catch { return otherwise; }
}

function write(what, value) {
  try { localStorage.setItem(`${place}${what}`, JSON.stringify(value)); return true; } catch { return false; }
}

function forget(what) {
  try { localStorage.removeItem(`${place}${what}`); } catch { /* nothing was kept */ }
}

/** The form as pairs, its token apart: that one is of the page. */
function taken() {
  return [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
}

function fill(pairs) {
  for (const field of form.querySelectorAll("input[type=radio], input[type=checkbox], textarea, [name=envoi], [name=par]")) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
    else if (field.matches("textarea")) field.value = "";
  }
}

function empty() {
  fill([["envoi", identity()]]);
  forget("brouillon");
  for (const error of form.querySelectorAll(".errors")) error.remove();
  branch();
}

/** A question that depends on an answer is there when that answer is, and its own question too. */
function branch() {
  for (const question of form.querySelectorAll("[data-parent]")) {
    const parent = document.getElementById(`q-${question.dataset.parent}`);
    const ticked = parent.querySelector("input:checked");
    question.hidden = parent.hidden || ticked?.value !== question.dataset.value;
  }
  let rank = 0; // counted as they are shown: a number that jumps looks like a question that was missed
  for (const question of form.querySelectorAll(".survey__question:not([hidden]) .survey__rank")) question.textContent = `${++rank}.`;
}

function submit(event) {
  const pairs = taken();
  const said = pairs.some(([name, value]) => !["envoi", "par", "questions"].includes(name) && value.trim());
  if (!said || !write("attente", [...read("attente", []), pairs])) return; // nothing said, or no place: the plain way
  event.preventDefault();
  empty();
  waits = 5_000;
  show("survey-kept", true);
  send();
}

function again() {
  show("survey");
  form.scrollIntoView();
  form.querySelector("input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
}

function show(name, focus = false) {
  for (const one of SHOWN) document.getElementById(one).hidden = one !== name;
  if (focus && name !== "survey") document.querySelector(`#${name} h2`).focus();
}

/** The answers that wait, one after the other; each leaves the queue when the server has it. */
async function send() {
  clearTimeout(timer);
  if (busy || !read("attente", []).length) return;
  busy = true;
  try {
    while (read("attente", []).length) {
      const [pairs] = read("attente", []);
      const status = await post(pairs);
      if (status === 410) { say("over"); return; }
      if (status === 0 || status === 429 || status >= 500) { later(); return; }
      write("attente", read("attente", []).filter(([...one]) => id(one) !== id(pairs)));
      if (status >= 400) { back(pairs); return; }
    }
    forget("attente");
    say("");
    if (!document.getElementById("survey-kept").hidden) show("survey-sent", true);
  } finally {
    busy = false;
  }
}

function id(pairs) {
  return pairs.find(([name]) => name === "envoi")[1];
}

/** The status of the answer; 0 when there was none. */
async function post(pairs) {
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    return (await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } })).status;
  } catch {
    return 0;
  }
}

/** Refused with a reason: the plain form shows it, with all that was typed. */
function back(pairs) {
  fill(pairs);
  write("brouillon", pairs);
  form.submit();
}

function later() {
  say("later");
  timer = setTimeout(send, waits);
  waits = Math.min(2 * waits, 60_000);
}

/** One of the sentences of the page, where it is seen and heard. */
function say(which) {
  const bar = document.getElementById("survey-network");
  for (const one of bar.children) one.hidden = one.dataset.say !== which;
}
