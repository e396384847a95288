// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// One event with everything that is stored of it.

const MOST_VALUES = 500; // values in the table of parameters
const MOST_DEPTH = 32; // of the objects in it
const MOST_RAW = 200000; // characters of raw JSON

const pointerStep = (key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

function kindOf(value) {
  return value === null ? "null" : isExactNumber(value) ? "number" : typeof value;
}

// The values of the parameters with their JSON pointers; objects and arrays are opened.
function* valuesOf(value, pointer = "", depth = 0) {
  const isOpen = typeof value === "object" && value !== null && !isExactNumber(value) && depth < MOST_DEPTH;
  const entries = isOpen ? Object.entries(value) : [];
  if (entries.length === 0) yield [pointer, value];
  for (const [key, inner] of entries) yield* valuesOf(inner, pointer + pointerStep(key), depth + 1);
}

const isAt = (pointer, violation) => pointer === violation || pointer.startsWith(`${violation}/`);

function facts(event) {
  const list = element("dl", { className: "facts" });
  const fact = (term, value) => value && list.append(element("dt", { textContent: term }), show(element("dd"), value));
  fact("Validity", { valid: "valid", invalid: `invalid: ${counted(event.violations?.length ?? 0, "violation")}`, unknown: "unknown" }[validity(event.valid)]);
  fact("Received", withLocal(event.received_at));
  fact("Happened", event.ts);
  fact("Product", event.product);
  fact("Version", event.version);
  fact("Schema", event.schema_version);
  if (event.session) {
    const only = show(element("button", { type: "button", className: "link mono", title: "Only this session (s)" }), event.session);
    only.addEventListener("click", () => setFilter({ session: event.session }));
    list.append(element("dt", { textContent: "Session" }), element("dd", {}, only));
  }
  return list;
}

// `places` maps a pointer to the element that shows its value.
function violations(event, places) {
  const list = element("ul", { className: "violations" });
  for (const { pointer, message } of event.violations ?? []) {
    const place = [...places].find(([shown]) => isAt(shown, pointer))?.[1];
    const jump = place ? element("button", { type: "button", className: "link mono", title: "Show the value" }) : element("code");
    jump.addEventListener("click", () => place?.scrollIntoView({ block: "center" }));
    list.append(element("li", {}, show(jump, pointer, 500), " ", show(element("span"), message, 2000)));
  }
  return list;
}

function parameters(event) {
  const [list, places] = [element("dl", { className: "tree mono" }), new Map()];
  const wrong = (event.violations ?? []).map(({ pointer }) => pointer).filter(Boolean);
  let left = 0;
  for (const [pointer, value] of valuesOf(event.parameters ?? {})) {
    if (places.size === MOST_VALUES) {
      left += 1;
      continue;
    }
    const term = show(element("dt"), pointer.slice(1), 200);
    if (wrong.some((violation) => isAt(pointer, violation))) term.className = "wrong";
    const text = typeof value === "string" ? value : jsonText(value);
    list.append(term, show(element("dd", { className: kindOf(value), dir: "auto" }), text, 20000));
    places.set(pointer, term);
  }
  if (left > 0) list.append(element("dt"), element("dd", { textContent: `${counted(left, "further value")} in the raw parameters` }));
  return [list, places];
}

function raw(title, value) {
  const text = prettyJson(value);
  const copy = element("button", { type: "button", textContent: "Copy" });
  copy.addEventListener("click", async () => {
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject();
    copy.textContent = await copied.then(() => "Copied", () => "Not copied");
  });
  const note = text.length > MOST_RAW ? element("p", { textContent: `The first ${counted(MOST_RAW, "character")}; Copy takes all.` }) : "";
  return element("details", {}, element("summary", { textContent: title }), copy, note, element("pre", { textContent: cut(text, MOST_RAW) }));
}

// The elements that show an event.
function describe(event) {
  const [table, places] = parameters(event);
  const parts = [facts(event)];
  if (event.violations?.length) parts.push(element("h3", { textContent: "Violations" }), violations(event, places));
  parts.push(element("h3", { textContent: "Parameters" }), table);
  parts.push(raw("Raw parameters", event.parameters ?? null), raw("Raw envelope", event.envelope ?? null));
  return parts;
}

function notice(text) {
  const node = element("p", { className: "notice", textContent: text });
  node.setAttribute("role", "alert");
  return node;
}

// The title and the elements for the event with this id. Without the event, they are the name in its row, and the reason.
async function detailOf(id, name) {
  try {
    const { events: [event] } = parseExactly(await askText("events", new URLSearchParams({ before: id + 1, limit: 1 })));
    if (event?.id === id) return { title: event.name, parts: describe(event) };
    counts.due();
    return { title: name, parts: [notice("This event is no longer stored. Old events are deleted as --max-age and --max-size ask for.")] };
  } catch (error) {
    return { title: name, parts: [notice(problemOf(error))] };
  }
}
