// SPDX-License-Identifier: AGPL-3.0-or-later
// Comfort for forms: another language keeps what was typed. Every page works without this file.
"use strict";

/* The form that somebody typed into last. */
let touched = null;

document.addEventListener("input", (event) => {
  touched = event.target.closest?.("main form[method=post]") ?? touched;
});

const TYPED = "input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea";

function pathOf(form) {
  return new URL(form.getAttribute("action") ?? "", location.href).pathname;
}

/* Without this file the switch to another language sends the page's one form. With it, the form that was typed into. */
for (const button of document.querySelectorAll(".languages button[form]")) {
  button.removeAttribute("form");
  button.removeAttribute("formaction");
  Object.assign(button, { name: "language", value: button.lang });
}

/* Choosing another language: the form goes along and comes back as it was, and nothing is done. */
function carry(languages, button) {
  const refused = languages.elements.refused;
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const form = touched?.isConnected ? touched : refused && forms.find((other) => pathOf(other) === location.pathname);
  if (!form?.querySelector(TYPED)) return;
  const said = refused && pathOf(form) === pathOf(languages) ? refused.value : "{}";
  for (const old of languages.querySelectorAll("input:not([name=form_token])")) old.remove();
  const secret = new Set([...form.querySelectorAll("[type=password]")].map((field) => field.name));
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
  for (const [name, value] of [...typed.filter(([name]) => name !== "form_token"), ["refused", said]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    languages.append(field);
  }
  button.formAction = `${pathOf(form)}?language=${button.value}`;
}

document.addEventListener("submit", (event) => {
  if (event.target.matches(".languages") && event.submitter) carry(event.target, event.submitter);
});

/* Enter in a search for people looks for them: it does not send the form that they are looked for in. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "find") return;
  event.preventDefault();
  event.target.form.querySelector("button[name=refused]").click();
});

/* Drafts: what is being typed into a long form is kept in this browser until it is saved, seven days at most. */
const WEEK = 7 * 24 * 3600 * 1000;
const drafts = {
  names: () => Object.keys(localStorage).filter((name) => name.startsWith("draft:")),
  read: (name) => JSON.parse(localStorage.getItem(name) ?? "null"),
  write: (name, values) => localStorage.setItem(name, JSON.stringify({ at: Date.now(), values })),
  drop: (name) => localStorage.removeItem(name),
};

function typedInto(form) {
  const kept = [...form.querySelectorAll("input:not([type=hidden], [type=password], [type=file]), select, textarea")];
  return Object.fromEntries(kept.map((field) => [field.name, field.value]));
}

function time(moment) {
  return new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

function bringBack(form, name) {
  const draft = drafts.read(name);
  const before = typedInto(form);
  const note = form.querySelector("[data-draft-note]");
  if (!draft || !Object.keys(draft.values).some((field) => field in before && before[field] !== draft.values[field])) return;
  for (const [field, value] of Object.entries(draft.values)) if (form.elements[field]) form.elements[field].value = value;
  note.hidden = false;
  note.querySelector("[data-at]").textContent = time(draft.at);
  note.querySelector("button").addEventListener("click", () => {
    for (const [field, value] of Object.entries(before)) form.elements[field].value = value;
    drafts.drop(name);
    note.hidden = true;
    form.querySelector("select, input:not([type=hidden])").focus();
  });
}

function keepDraft(form) {
  const name = `draft:${form.dataset.draft}`;
  const saved = form.querySelector("[data-draft-saved]");
  let waiting = null;
  const keep = () => {
    drafts.write(name, typedInto(form));
    saved.hidden = false;
    saved.querySelector("[data-at]").textContent = time(Date.now());
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 500);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    drafts.write(name, typedInto(form));
    sessionStorage.setItem("sent", name);
  });
  // A form that came back refused, or filled in from the registers, has what was typed already.
  if (!document.getElementById("summary") && !form.dataset.filled) bringBack(form, name);
  if (form.dataset.filled) drafts.write(name, typedInto(form));
}

for (const name of drafts.names()) if (Date.now() - (drafts.read(name)?.at ?? 0) > WEEK) drafts.drop(name);

/* What was sent and did not come back as a form has been saved. */
const sent = sessionStorage.getItem("sent");
const form = document.querySelector("form[data-draft]");
if (sent && !document.querySelector("form[data-draft], [data-keeps-draft]")) {
  drafts.drop(sent);
  sessionStorage.removeItem("sent");
}
if (form) keepDraft(form);

/* Drafts are one person's: they go when that person signs out, or when another one signs in. */
document.addEventListener("submit", (event) => {
  const path = pathOf(event.target);
  const person = event.target.elements.email?.value.trim().toLowerCase() ?? "";
  const leaves = path === "/sign-out" || path === "/account/sessions/end";
  if (leaves || (path === "/sign-in" && localStorage.getItem("person") !== person)) drafts.names().forEach(drafts.drop);
  if (path === "/sign-in") localStorage.setItem("person", person);
});
