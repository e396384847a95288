// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// The HTTP API of the collector: questions with the filter of the form, and the stream of new events.

const FILTERS = ["q", "name", "product", "valid", "session"];
const RETRY = { least: 500, most: 5000 }; // milliseconds between attempts to connect

// The filter of the form as parameters of a query; empty fields are left out.
function formQuery() {
  return new URLSearchParams(FILTERS.map((key) => [key, byId(key).value]).filter(([, value]) => value !== ""));
}

// The filter that applies. That of the form differs while the user is typing.
let filter = "";

function filterQuery(more = {}) {
  const query = new URLSearchParams(filter);
  for (const [key, value] of Object.entries(more)) query.set(key, value);
  return query;
}

// The text of an answer. Fails with the message of the collector, or when `signal` ends the question.
async function askText(path, query, signal) {
  const response = await fetch(`/api/${path}?${query}`, { cache: "no-store", signal });
  const text = await response.text();
  if (!response.ok) throw new Error(plain(reason(text) ?? `status ${response.status}`, 400));
  return text;
}

function reason(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return undefined;
  }
}

const problemOf = (error) => (error instanceof TypeError ? "The collector does not answer." : `The collector reports: ${error.message}`);

const ask = async (path, query, signal) => JSON.parse(await askText(path, query, signal));

// Follows the events after the newest one that the page knows, over restarts of the collector. `EventSource` gives up at the first answer
// that is not a stream, so this connects again itself. Browsers open at most six connections to one address: a page in the background has
// none, so that pages in other tabs can connect, and catches up when it is shown.
class Stream {
  constructor(handlers) {
    this.handlers = handlers;
    this.isOpen = false;
    this.last = 0;
    this.store = undefined;
    this.delay = RETRY.least;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.disconnect() : this.connect()));
  }

  open(last) {
    this.isOpen = true;
    this.last = last;
    this.connect();
  }

  close() {
    this.isOpen = false;
    this.disconnect();
  }

  connect() {
    this.disconnect();
    if (!this.isOpen || document.hidden) return;
    this.source = new EventSource(`/api/stream?${filterQuery({ after: this.last })}`);
    this.source.addEventListener("hello", (message) => this.greet(JSON.parse(message.data)));
    this.source.addEventListener("message", (message) => this.take(JSON.parse(message.data)));
    this.source.addEventListener("skip", (message) => this.skip(JSON.parse(message.data)));
    this.source.addEventListener("error", () => this.retry());
  }

  disconnect() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  // The store of a collector that was started again may be another one.
  greet({ store, newest }) {
    this.delay = RETRY.least;
    const isOther = (this.store !== undefined && this.store !== store) || newest < this.last;
    this.store = store;
    this.handlers.connected(isOther);
  }

  take(event) {
    if (event.id <= this.last) return;
    this.last = event.id;
    this.handlers.arrived(event);
  }

  // More events than a page can show have come: they are only in the store.
  skip({ newest, skipped }) {
    this.last = Math.max(this.last, newest);
    this.handlers.skipped(skipped);
  }

  retry() {
    this.disconnect();
    this.handlers.lost();
    this.timer = setTimeout(() => this.connect(), this.delay);
    this.delay = Math.min(this.delay * 2, RETRY.most);
  }
}
