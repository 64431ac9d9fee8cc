// SPDX-License-Identifier: AGPL-3.0-or-later
// Comfort only: every page works without this file.
"use strict";

document.documentElement.classList.add("js");

/* A form goes out once, however often its button is pressed. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) button.classList.add("busy");
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.classList.remove("busy");
  }
});

/* Regions marked data-live are taken afresh from the server. One in which an upload is under way is left alone, and
   so is one that holds the focus, unless the person's own act changed it. */
async function refresh({ ownAct }) {
  const answer = await fetch(location.pathname, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer === null || !answer.ok || answer.status === 204) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const region of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(region.id);
    const focused = region.contains(document.activeElement);
    const busy = region.querySelector(".transfer") || (focused && !ownAct);
    if (!fresh || busy || fresh.outerHTML === region.outerHTML) continue;
    region.replaceWith(document.adoptNode(fresh));
    if (focused) {
      fresh.tabIndex = -1;
      fresh.focus();
    }
  }
  scheduleRefresh();
}

let scheduled = null;

function scheduleRefresh() {
  clearTimeout(scheduled);
  const marker = document.querySelector("[data-refresh]");
  if (marker) scheduled = setTimeout(() => refresh({ ownAct: false }), Number(marker.dataset.refresh));
}

scheduleRefresh();

/* Uploads: one row per file with progress and a way to cancel, one file after another. */
const queue = [];
let running = null;

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element("button", "quiet", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

class Transfer {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.key = crypto.randomUUID();
    this.texts = form.querySelector("[data-transfers]").dataset;
    this.row = element("li", "transfer");
    this.says = element("span", "says", this.texts.waiting);
    this.bar = element("progress", "");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.controls = element("span", "controls");
    const line = element("div", "transfer-line");
    line.append(element("span", "file-name", file.name), this.says, this.controls);
    this.row.append(line, this.bar);
    form.querySelector("[data-transfers]").append(this.row);
    this.offer(this.texts.cancel, () => this.cancel());
  }

  offer(text, act) {
    this.controls.replaceChildren(button(text, act));
  }

  begin() {
    if (this.file.size === 0) return this.fail(this.texts.empty, false);
    if (this.file.size > Number(this.form.dataset.max)) return this.fail(this.texts.tooLarge, false);
    const body = new FormData();
    body.append("kind", this.form.elements.kind.value);
    if (this.form.elements.replaces) body.append("replaces", this.form.elements.replaces.value);
    body.append("file", this.file);
    const request = new XMLHttpRequest();
    this.request = request;
    request.open("POST", "/company/documents/relay");
    request.responseType = "json";
    request.setRequestHeader("X-Form-Token", this.form.elements.form_token.value);
    request.setRequestHeader("X-Request-Key", this.key);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.bar.value = (event.loaded / event.total) * 100;
    });
    request.upload.addEventListener("load", () => {
      this.says.textContent = this.texts.checking;
      this.bar.removeAttribute("value");
    });
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.fail(this.texts.lost, true));
    this.says.textContent = this.texts.uploading;
    request.send(body);
    return undefined;
  }

  answered(request) {
    if (request.status !== 201) {
      const again = request.status >= 500 || request.status === 403 || request.status === 401;
      this.fail(request.response?.message ?? this.texts.lost, again);
      return;
    }
    this.row.remove();
    next();
    refresh({ ownAct: true });
  }

  fail(message, again) {
    this.row.classList.add("failed");
    this.says.textContent = message;
    this.bar.remove();
    this.offer(this.texts.dismiss, () => this.row.remove());
    if (again) {
      this.controls.prepend(
        button(this.texts.retry, () => {
          this.row.classList.remove("failed");
          this.row.append(this.bar);
          this.bar.value = 0;
          this.says.textContent = this.texts.waiting;
          this.offer(this.texts.cancel, () => this.cancel());
          enqueue(this);
        }),
      );
    }
    next();
  }

  cancel() {
    const at = queue.indexOf(this);
    if (at >= 0) queue.splice(at, 1);
    if (this.request) this.request.abort();
    this.row.remove();
    if (running === this) next();
    refresh({ ownAct: true });
  }
}

function enqueue(transfer) {
  queue.push(transfer);
  if (running === null) next();
}

function next() {
  running = queue.shift() ?? null;
  if (running) running.begin();
}

window.addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault();
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form || event.target.type !== "file") return;
  for (const file of event.target.files) enqueue(new Transfer(form, file));
  event.target.value = "";
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("form[data-upload]");
    // A file dropped beside the zone must not replace the page.
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    if (!form) return;
    form.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind !== "drop") return;
    const files = [...event.dataTransfer.files];
    for (const file of form.elements.replaces ? files.slice(0, 1) : files) enqueue(new Transfer(form, file));
  });
}

/* What a column means goes away with Escape, and comes back when it is pointed at or reached anew. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const tip of document.querySelectorAll(".tip:hover, .tip:focus-within")) tip.classList.add("dismissed");
});

for (const kind of ["pointerout", "focusout"]) {
  document.addEventListener(kind, (event) => event.target.closest?.(".tip")?.classList.remove("dismissed"));
}

/* The tree: one person dragged onto another goes below them, with everyone below themselves. */
let moved = null;

function target(event) {
  const found = event.target.closest?.("[data-person]");
  if (!moved || !found || found === moved) return null;
  const own = moved.closest("li");
  return own.contains(found) ? null : found;
}

function forgetMove() {
  for (const marked of document.querySelectorAll(".seat.moved, [data-person].over")) marked.classList.remove("moved", "over");
  moved = null;
}

document.addEventListener("dragstart", (event) => {
  moved = event.target.closest?.(".seat") ?? null;
  if (!moved) return;
  moved.classList.add("moved");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", moved.dataset.person);
});

document.addEventListener("dragend", forgetMove);

document.addEventListener("dragover", (event) => {
  const onto = target(event);
  for (const marked of document.querySelectorAll("[data-person].over")) marked.classList.toggle("over", marked === onto);
  if (!onto) return;
  event.preventDefault();
  onto.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const onto = target(event);
  if (!onto) return;
  event.preventDefault();
  const form = document.querySelector("form[data-move]");
  form.elements.employee.value = moved.dataset.person;
  offerSuperiors();
  form.elements.superior_id.value = onto.dataset.person;
  forgetMove();
  form.requestSubmit();
});

/* The superior whom the person has stands there first. Nobody can be put below their own people: those are not offered,
   and a browser would send nothing for one that had been chosen before. */
function offerSuperiors() {
  const form = document.querySelector("form[data-move]");
  if (!form) return;
  const chosen = form.elements.employee.selectedOptions[0];
  const options = [...form.elements.superior_id.options];
  const superiors = new Map(options.map((option) => [option.value, option.dataset.superior]));
  const below = (person) => Boolean(person) && (person === chosen?.value || below(superiors.get(person)));
  for (const option of options) option.disabled = below(option.value);
  form.elements.superior_id.value = chosen?.dataset.superior ?? "";
}

if (!document.querySelector("#summary, form[data-kept]")) offerSuperiors();
document.addEventListener("change", (event) => {
  if (event.target.id === "employee") offerSuperiors();
});
