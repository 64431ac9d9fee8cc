// SPDX-License-Identifier: AGPL-3.0-or-later
// What a page is judged by in the browser. Gives sentences; none when all is well.
(full) => {
  const found = [];
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim();
    return `<${element.localName}> “${text.slice(0, 40)}” ${element.id ? "#" + element.id : element.className}`;
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".skip, .hidden");

  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => shown(element) && element.getBoundingClientRect().right > innerWidth + 1,
    );
    found.push(`scrolls sideways: ${scrollWidth} px in ${innerWidth}: ${wide.slice(-3).map(name).join(", ")}`);
  }
  // A name of several lines reaches no further down than its place.
  for (const link of document.querySelectorAll("main a")) {
    const below = link.nextElementSibling;
    if (!below || !shown(link) || !shown(below) || getComputedStyle(below).display === "inline") continue;
    const text = document.createRange();
    text.selectNodeContents(link);
    const [above, under] = [text.getBoundingClientRect(), below.getBoundingClientRect()];
    const aside = above.right <= under.left + 1 || under.right <= above.left + 1;
    if (!aside && above.top < under.top && above.bottom > under.top + 2) found.push(`is written over what follows: ${name(link)}`);
  }
  if (document.querySelector("main [data-injected], main script, main iframe")) found.push("an element was injected");
  if (!full) return found;

  const inSentence = (element) => {
    const around = element.parentElement.textContent.replace(/\s+/g, " ").trim();
    const alone = element.textContent.replace(/\s+/g, " ").trim();
    return getComputedStyle(element).display === "inline" && around.length > alone.length + 2;
  };
  // Something else may belong to the target: the row around a link, the zone around a choice of files.
  const reached = (element) => {
    element.scrollIntoView({ block: "center" });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const belongs = (hit) => hit && [element, ...(element.labels ?? [])].some((part) => part.contains(hit));
    const reach = (across, down) => {
      let far = 0;
      while (far < 44 && belongs(document.elementFromPoint(x + across * far, y + down * far))) far += 1;
      return far;
    };
    return reach(-1, 0) + reach(1, 0) >= 44 && reach(0, -1) + reach(0, 1) >= 44;
  };
  const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  for (const element of targets) {
    if (!shown(element) || element.disabled || inSentence(element)) continue;
    const ticked = ["checkbox", "radio"].includes(element.type);
    const boxes = [element, ...(ticked ? element.labels : [])].map((part) => part.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
    const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
    if ((width < 43.5 || height < 43.5) && !reached(element)) found.push(`a small target, ${width.toFixed(0)} × ${height.toFixed(0)}: ${name(element)}`);
  }

  const marked = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  for (const error of document.querySelectorAll("main .error[id]")) {
    if (!document.querySelector(`[aria-describedby~="${error.id}"]`)) found.push(`a field does not say its error: ${name(error)}`);
  }

  const before = document.activeElement;
  const focused = (globalThis.focusWasSeen ??= new WeakSet()); // in another size of the window
  for (const element of targets) {
    if (!shown(element) || element.disabled || focused.has(element)) continue;
    focused.add(element);
    element.focus({ preventScroll: true });
    const around = [element, element.parentElement, element.closest(".drop-zone")].filter(Boolean);
    if (document.activeElement === element && !around.some(marked)) found.push(`focus is not seen: ${name(element)}`);
  }
  before?.focus?.({ preventScroll: true });

  // Documents and pictures of their pages are the customer's own weight.
  const own = (part) => !part.name.includes("/company/documents/");
  const parts = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource").filter(own)];
  const weight = parts.reduce((sum, part) => sum + part.encodedBodySize, 0);
  if (weight > 150_000) found.push(`weighs ${weight} bytes`);
  return found;
};
