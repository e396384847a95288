// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// The part of the stored events that the page has in memory, newest first, and the few rows of it that are in the document.

const PAGE = 200; // events of one question
const MOST = 10000; // summaries in memory
const MOST_SESSION = 10000; // characters of a session that a row can select
const MARGIN = 8; // rows above and below the visible ones

// What a row shows of an event; the rest stays in the store.
function summarize(event) {
  const { id, valid } = event;
  const [name, product, version] = [event.name, event.product, event.version].map((text) => cut(text, 120));
  const session = event.session.length > MOST_SESSION ? "" : event.session;
  return { id, valid, name, product, version, session, at: Date.parse(event.received_at), fields: firstValues(event.parameters ?? {}) };
}

function firstValues(parameters) {
  if (typeof parameters !== "object") return cut(String(parameters), 300);
  const texts = [];
  for (const key in parameters) {
    const value = parameters[key];
    texts.push(`${cut(key, 40)}=${cut(typeof value === "string" ? value : jsonText(value), 40)}`);
    if (texts.length === 12) break;
  }
  return texts.join("  ");
}

const validity = (valid) => (valid === true ? "valid" : valid === false ? "invalid" : "unknown");

class Rows {
  constructor(list, canvas, timeOf, drawn) {
    Object.assign(this, { list, canvas, timeOf, drawn, events: [], selected: undefined, pool: [] });
  }

  get height() {
    this.rowHeight ??= parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));
    return this.rowHeight;
  }

  get first() {
    return Math.max(0, Math.floor(this.list.scrollTop / this.height));
  }

  // Whether the end of the list is visible, or less than its height below.
  get isNearEnd() {
    return this.first + (2 * this.list.clientHeight) / this.height > this.events.length;
  }

  get isAtTop() {
    return this.list.scrollTop < this.height / 2;
  }

  // The place of an event, by bisection: identifiers descend.
  indexOf(id) {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle].id > id) low = middle + 1;
      else high = middle;
    }
    return this.events[low]?.id === id ? low : -1;
  }

  // Newer events, newest first. With `keep` the visible rows stay where they are. Returns the number of old events that were let go.
  prepend(events, keep) {
    this.events = events.concat(this.events);
    if (keep) this.scrollBy(events.length);
    return this.events.splice(MOST).length;
  }

  // Older events. Returns the number of new events that were let go.
  append(events) {
    this.events.push(...events);
    const excess = Math.max(0, this.events.length - MOST);
    this.events.splice(0, excess);
    this.scrollBy(-excess);
    return excess;
  }

  scrollBy(rows) {
    if (rows === 0) return;
    this.stretch();
    this.list.scrollTop += rows * this.height;
  }

  stretch() {
    this.canvas.style.height = `${this.events.length * this.height}px`;
  }

  reveal(index) {
    const top = index * this.height;
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    else if (top + this.height > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = top + this.height - this.list.clientHeight;
  }

  // Draws in the next frame, once.
  draw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.drawNow();
      this.drawn();
    });
  }

  drawNow() {
    this.stretch();
    const visible = Math.ceil(this.list.clientHeight / this.height) + 2 * MARGIN;
    const start = Math.max(0, this.first - MARGIN);
    const end = Math.min(this.events.length, start + visible);
    while (this.pool.length < end - start) this.pool.push(this.newRow());
    for (const row of this.pool.splice(Math.max(end - start, 0))) row.node.remove();
    for (let index = start; index < end; index++) this.fill(this.pool[index - start], index);
    const isShown = this.selected !== undefined && byId(`row-${this.selected}`);
    if (isShown) this.list.setAttribute("aria-activedescendant", `row-${this.selected}`);
    else this.list.removeAttribute("aria-activedescendant");
  }

  newRow() {
    const cells = Object.fromEntries(
      ["time", "badge", "name", "product", "session", "fields"].map((name) => [name, element("span", { className: name, dir: "ltr" })]),
    );
    cells.session.classList.add("mono");
    const node = element("div", { className: "row" }, ...Object.values(cells));
    node.setAttribute("role", "option");
    node.setAttribute("aria-setsize", "-1"); // unknown: most events are only in the store
    this.canvas.append(node);
    return { node, cells };
  }

  fill(row, index) {
    const event = this.events[index];
    row.node.style.transform = `translateY(${index * this.height}px)`;
    row.node.setAttribute("aria-posinset", index + 1);
    row.node.setAttribute("aria-selected", String(event.id === this.selected));
    const time = this.timeOf(event);
    if (row.event === event && row.time === time) return;
    Object.assign(row, { event, time });
    const { node, cells } = row;
    node.id = `row-${event.id}`;
    node.dataset.id = event.id;
    show(cells.time, time);
    cells.badge.className = `badge ${validity(event.valid)}`;
    show(cells.badge, { valid: "✓ valid", invalid: "✗ invalid", unknown: "? unknown" }[validity(event.valid)]);
    show(cells.name, event.name);
    show(cells.product, [event.product, event.version].filter(Boolean).join(" "), 120);
    show(cells.session, event.session, 8);
    show(cells.fields, event.fields, 300);
    node.setAttribute("aria-label", plain(`${validity(event.valid)}: ${event.name}, ${event.product} ${event.version}, ${time}`));
  }
}
