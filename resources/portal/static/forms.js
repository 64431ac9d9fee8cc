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
