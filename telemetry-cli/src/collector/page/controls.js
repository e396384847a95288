// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// Buttons, keys, and the start.

const THEMES = ["system", "light", "dark"];
const TYPING_PAUSE = 200; // milliseconds after the last key in the search field

// Storage can be turned off in the browser: a choice then lasts as long as the page.
function remembered(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return value;
  }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
}

function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
  remembered("theme", theme);
  setTheme(theme);
}

function togglePause() {
  state.isPaused = !state.isPaused;
  byId("pause").setAttribute("aria-pressed", String(state.isPaused));
  if (byId("connection").dataset.state === "live") connection("live", state.isPaused ? "Paused" : "Live");
  if (!state.isPaused) shownAgain();
}

function toggleSession() {
  const selected = rows.events[rows.indexOf(rows.selected)];
  if (byId("session").value) setFilter({ session: "" });
  else if (selected?.session) setFilter({ session: selected.session });
}

function escape() {
  if (document.activeElement === byId("q")) rows.list.focus();
  else if (!byId("detail").hidden || rows.selected !== undefined) {
    closeDetail();
    rows.list.focus();
    followAgain();
  } else if (filter) clearFilter();
}

async function openSelected() {
  if (rows.selected === undefined) move(0);
  await openDetail();
  byId("detail").focus();
}

const KEYS = {
  "/": () => byId("q").select(),
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  PageDown: () => move(Math.floor(rows.list.clientHeight / rows.height)),
  PageUp: () => move(-Math.floor(rows.list.clientHeight / rows.height)),
  Home: jumpToNewest,
  End: () => (rows.list.scrollTop = rows.list.scrollHeight),
  g: jumpToNewest,
  Enter: openSelected,
  s: toggleSession,
  i: () => setFilter({ valid: byId("valid").value === "false" ? "" : "false" }),
  p: togglePause,
  t: nextTheme,
  "?": () => byId("help").showModal(),
  Escape: escape,
};

// Keys of the page do not take keys from a field, a button or the browser.
function pressed(event) {
  const isField = event.target.matches("input, select, textarea");
  const isOwn = event.target.matches("button, a, summary") && (event.key === "Enter" || event.key === " ");
  const isOff = event.isComposing || (event.key.length === 1 && !byId("single-keys").checked);
  const isScroll = byId("detail").contains(event.target) && /^(Arrow|Page|Home|End)/.test(event.key);
  if (isOff || event.ctrlKey || event.metaKey || event.altKey || byId("help").open || isOwn || isScroll) return;
  if ((isField && event.key !== "Escape") || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
}

function on(id, type, action) {
  byId(id).addEventListener(type, action);
}

function typed() {
  clearTimeout(state.typing);
  state.typing = setTimeout(() => filterChanged(true), TYPING_PAUSE);
}

function connectControls() {
  document.addEventListener("keydown", pressed);
  on("filter", "submit", (event) => (event.preventDefault(), rows.list.focus()));
  on("q", "input", typed);
  for (const key of ["name", "product", "valid"]) on(key, "change", () => filterChanged());
  on("clear", "click", clearFilter);
  on("minutes", "change", () => counts.due(true));
  on("session-close", "click", () => setFilter({ session: "" }));
  on("pause", "click", togglePause);
  on("theme", "click", nextTheme);
  on("single-keys", "change", () => remembered("single-keys", byId("single-keys").checked ? "on" : "off"));
  on("help-open", "click", () => byId("help").showModal());
  on("newest", "click", jumpToNewest);
  on("detail-close", "click", escape);
  on("list", "scroll", scrolled);
  on("rows", "click", (event) => {
    const row = event.target.closest(".row");
    if (!row) return;
    state.isDetailOpen = true;
    select(Number(row.dataset.id));
  });
}

// A page in the background draws nothing and asks nothing.
function shownAgain() {
  if (!document.hidden) counts.due();
  followAgain();
}

function followSize() {
  new ResizeObserver(() => {
    const [top, before] = [rows.first, rows.height];
    rows.rowHeight = undefined;
    if (rows.height !== before) {
      rows.stretch();
      rows.list.scrollTop = top * rows.height;
    }
    rows.draw();
  }).observe(rows.list);
}

function start() {
  const theme = remembered("theme");
  setTheme(THEMES.includes(theme) ? theme : "system");
  byId("single-keys").checked = remembered("single-keys") !== "off";
  connectControls();
  followSize();
  document.addEventListener("visibilitychange", shownAgain);
  addEventListener("popstate", () => location.search.slice(1) !== filter && readAddress());
  setInterval(() => !document.hidden && counts.due(), 30000);
  setInterval(announce, ANNOUNCE_PAUSE);
  readAddress();
}

start();
