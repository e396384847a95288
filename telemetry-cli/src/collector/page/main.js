// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// What the page does with new events, the filter, and the selection.

const ANNOUNCE_PAUSE = 10000; // milliseconds between two announcements to a screen reader
const FAILURE_PAUSE = 2000; // milliseconds before the list reads on after a failure

const state = {
  generation: 0, // of the filter: an answer to an older one is not used
  reading: new AbortController(), // of this generation
  isPaused: false,
  isAttached: true, // the first row is the newest event of the store
  isComplete: false, // the last row is the oldest one
  isLoading: false,
  isResting: false, // after a failure
  isDetailOpen: false, // or is about to be, when the event has been read
  isTyping: false, // the last change of the filter came from the keyboard
  waiting: [], // for the next frame
  unseen: 0, // new events that are not in the list
  heard: { events: 0, invalid: 0 }, // since the last announcement
  sessionStart: undefined,
};

const timeOf = ({ at }) => (byId("session").value && state.sessionStart ? `+${lasting(Math.max(0, at - state.sessionStart))}` : clock(at));
const rows = new Rows(byId("list"), byId("rows"), timeOf, readOn);
const counts = new Counts((answer) => (showCounts(answer), showSession(answer)), fail);
const stream = new Stream({
  connected: (isOtherStore) => (isOtherStore ? restart() : connection("live", state.isPaused ? "Paused" : "Live")),
  arrived: (event) => arrive(event),
  skipped: (number) => miss(number),
  lost: () => connection("lost", "Connection lost, trying again"),
});

function connection(name, text) {
  byId("connection").dataset.state = name;
  say(byId("connection-text"), text);
  if (name === "live") byId("problem").hidden = true;
}

function fail(error) {
  byId("problem").hidden = false;
  say(byId("problem"), problemOf(error));
}

const isFollowing = () => !state.isPaused && rows.selected === undefined && state.isAttached && rows.isAtTop;

function arrive(event) {
  state.waiting.push(summarize(event));
  state.heard.events += 1;
  state.heard.invalid += event.valid === false ? 1 : 0;
  state.frame ??= requestAnimationFrame(takeWaiting);
}

function takeWaiting() {
  state.frame = undefined;
  const events = state.waiting.splice(0).reverse();
  if (events.length === 0) return;
  if (isFollowing()) {
    if (rows.prepend(events, false) > 0) state.isComplete = false;
  } else {
    state.unseen += events.length;
    state.isAttached = false;
  }
  counts.due();
  refresh();
}

// Events that are in the store and not in the list. While the list follows, it is read again.
function miss(number) {
  const wasFollowing = isFollowing();
  state.unseen += number;
  state.isAttached = false;
  counts.due();
  refresh();
  if (wasFollowing) setTimeout(followAgain, 250);
}

function refresh() {
  byId("newest").hidden = state.unseen === 0 && state.isAttached;
  byId("newest").textContent = state.unseen > 0 ? `↑ ${counted(state.unseen, "new event")}` : "↑ Newest events";
  byId("empty").hidden = rows.events.length > 0 || state.isLoading;
  byId("empty").textContent = filter
    ? "No stored event matches the filter."
    : `No events yet. Set the endpoint variable of a product to ${location.origin}/ and run it.`;
  rows.draw();
}

// Reads a page of events. The answer is not used if the filter has changed meanwhile.
async function read(more, use) {
  if (state.isLoading === state.generation) return;
  const generation = (state.isLoading = state.generation);
  try {
    const answer = await ask("events", filterQuery({ limit: PAGE, ...more }), state.reading.signal);
    if (generation !== state.generation) return;
    byId("problem").hidden = true;
    use(answer);
  } catch (error) {
    if (generation === state.generation) failToRead(error);
  } finally {
    if (generation === state.generation) state.isLoading = false;
    refresh();
  }
}

function failToRead(error) {
  fail(error);
  state.isResting = true;
  clearTimeout(state.rest);
  state.rest = setTimeout(() => ((state.isResting = false), rows.draw()), FAILURE_PAUSE);
}

// Reads the newest events and follows the stream from there. Until they are there, the list has those of the filter before: it does not
// read on from them.
function restart() {
  state.generation += 1;
  Object.assign(state, { isAttached: true, isComplete: true });
  state.reading.abort();
  state.reading = new AbortController();
  state.waiting.length = 0;
  stream.close();
  return read({}, ({ events, newest, more }) => {
    rows.events = events.map(summarize);
    Object.assign(state, { isAttached: true, isComplete: !more, unseen: 0 });
    rows.list.scrollTop = 0;
    stream.open(Math.max(newest, events[0]?.id ?? 0));
    counts.due(true);
  }).then(() => {
    // The collector does not answer: the stream keeps trying, and reads again when it does.
    if (!stream.isOpen && state.isLoading === false) {
      stream.store = null;
      stream.open(0);
    }
  });
}

// After each frame of the list: reads older events while its end is in view and the store has more. An answer can have as few as one event,
// if that is large.
function readOn() {
  if (!state.isResting && !state.isComplete && rows.isNearEnd) readOlder();
}

function readOlder() {
  if (rows.events.length === 0) return;
  read({ before: rows.events.at(-1).id }, ({ events, more }) => {
    state.isComplete = !more || events.length === 0;
    if (rows.append(events.map(summarize)) > 0) state.isAttached = false;
  });
}

function readNewer() {
  if (state.isAttached || rows.events.length === 0) return;
  read({ after: rows.events[0].id }, ({ events, more }) => {
    state.isAttached = !more && state.waiting.length === 0;
    state.unseen = state.isAttached ? 0 : Math.max(0, state.unseen - events.length);
    if (rows.prepend(events.map(summarize).reverse(), true) > 0) state.isComplete = false;
  });
}

function scrolled() {
  rows.draw();
  if (rows.isAtTop) readNewer();
}

function jumpToNewest() {
  closeDetail();
  rows.list.scrollTop = 0;
  if (!state.isAttached) restart();
}

// Follows the newest events again, unless the user reads others.
function followAgain() {
  if (!document.hidden && rows.isAtTop && rows.selected === undefined && !state.isAttached && !state.isPaused) jumpToNewest();
}

function select(id) {
  rows.selected = id;
  byId("problem").hidden = true;
  const index = rows.indexOf(id);
  if (index >= 0) rows.reveal(index);
  rows.draw();
  if (state.isDetailOpen) openDetail();
}

function move(by) {
  const index = rows.selected === undefined ? -1 : rows.indexOf(rows.selected);
  const next = index < 0 ? rows.first : Math.min(Math.max(index + by, 0), rows.events.length - 1);
  if (rows.events[next]) select(rows.events[next].id);
  if (by < 0 && next === 0) readNewer();
}

async function openDetail() {
  const id = rows.selected;
  if (id === undefined) return;
  state.isDetailOpen = true;
  const { title, parts } = await detailOf(id, rows.events[rows.indexOf(id)]?.name);
  if (rows.selected !== id) return;
  show(byId("detail-title"), title, 8192);
  byId("detail-body").replaceChildren(...parts);
  byId("detail").hidden = false;
  byId("detail").scrollTop = 0;
}

function closeDetail() {
  state.isDetailOpen = false;
  byId("detail").hidden = true;
  byId("detail-body").replaceChildren();
  rows.selected = undefined;
  rows.draw();
}

function showSession({ total, invalid, first, last }) {
  const session = byId("session").value;
  byId("session-view").hidden = session === "";
  if (session === "") return;
  state.sessionStart = Date.parse(first);
  const time = first ? `, ${lasting(Date.parse(last) - Date.parse(first))} from first to last` : "";
  byId("session-text").replaceChildren(show(element("bdi"), session, 80), `: ${counted(total, "event")}, ${invalid} invalid${time}`);
  rows.draw();
}

// Sets these fields of the filter, and reads again.
function setFilter(values) {
  for (const [key, value] of Object.entries(values)) choose(byId(key), value);
  filterChanged();
}

// A name or a product may be one that is not offered.
function choose(field, value) {
  const isOffered = !(field instanceof HTMLSelectElement) || [...field.options].some((option) => option.value === value);
  if (!isOffered && field.id !== "valid") field.append(element("option", { value, textContent: plain(value, 60) }));
  field.value = isOffered || field.id !== "valid" ? value : "";
}

// The page's address has the filter. Each filter is an entry of the history; a text is one entry, not one for each letter.
function filterChanged(isTyping = false) {
  const query = String(formQuery());
  const change = isTyping && state.isTyping ? "replaceState" : "pushState";
  if (query !== location.search.slice(1)) history[change](null, "", query ? `?${query}` : location.pathname);
  state.isTyping = isTyping;
  applyFilter(query);
}

function readAddress() {
  const query = new URLSearchParams(location.search);
  for (const key of FILTERS) choose(byId(key), query.get(key) ?? "");
  state.isTyping = false;
  applyFilter(String(formQuery()));
}

function applyFilter(query) {
  clearTimeout(state.typing);
  filter = query;
  byId("clear").hidden = query === "";
  byId("session-view").hidden = byId("session").value === "";
  state.sessionStart = undefined;
  for (const format of ["jsonl", "csv"]) byId(`export-${format}`).href = `/api/export?${filterQuery({ format })}`;
  closeDetail();
  restart();
}

const clearFilter = () => setFilter(Object.fromEntries(FILTERS.map((key) => [key, ""])));

function announce() {
  const { events, invalid } = state.heard;
  if (events > 0 && !state.isPaused) byId("live").textContent = `${counted(events, "new event")}, ${invalid} invalid`;
  state.heard = { events: 0, invalid: 0 };
}
