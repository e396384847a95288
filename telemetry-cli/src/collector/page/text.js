// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// Text from the wire. It becomes text nodes, never markup, and characters that are invisible or change the direction of the text around
// them appear as escapes.

const byId = (id) => document.getElementById(id);
const MOST_LEVELS = 128; // of JSON
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/u;
const INVISIBLE_EACH = new RegExp(INVISIBLE.source, "gu");

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function escapeOf(character) {
  return { "\n": "\\n", "\t": "\\t", "\r": "\\r" }[character] ?? `\\u{${character.codePointAt(0).toString(16)}}`;
}

// Splits no surrogate pair.
function cut(text, limit) {
  return text.length <= limit ? text : `${[...text.slice(0, limit)].slice(0, -1).join("")}…`;
}

// Changes the text of a live region only if it differs: a screen reader may read each change.
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// For places that take only a string, as attributes and options do.
function plain(value, limit = Infinity) {
  return cut(String(value ?? ""), limit).replace(INVISIBLE_EACH, escapeOf);
}

// Replaces the content of `node` by the text.
function show(node, value, limit = Infinity) {
  const text = cut(String(value ?? ""), limit);
  if (!INVISIBLE.test(text)) {
    node.textContent = text;
    return node;
  }
  node.replaceChildren();
  let end = 0;
  for (const { 0: character, index } of text.matchAll(INVISIBLE_EACH)) {
    node.append(text.slice(end, index), element("span", { className: "escape", textContent: escapeOf(character) }));
    end = index + character.length;
  }
  node.append(text.slice(end));
  return node;
}

// Whether objects and arrays are nested in more levels than these.
const isDeeper = (value, levels) => typeof value === "object" && value !== null && (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

// JSON, unless it is nested so deeply that the functions of the browser fail.
const jsonText = (value, indent) => (isDeeper(value, MOST_LEVELS) ? "(nested too deeply to be shown; export it)" : JSON.stringify(value, null, indent));

// JSON whose invisible characters are escaped as JSON escapes them, so that it can be copied.
function prettyJson(value) {
  const escapeUnits = (character) =>
    Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`).join("");
  return jsonText(value, 2).replace(INVISIBLE_EACH, (character) => (character === "\n" ? "\n" : escapeUnits(character)));
}

// Parses JSON without rounding integers beyond 2^53, where the browser can do that. It cannot for JSON that is nested very deeply.
function parseExactly(text) {
  const isRounded = (value, source) => source !== undefined && String(value) !== source;
  const exact = (_, value, context) =>
    typeof value === "number" && JSON.rawJSON && isRounded(value, context?.source) ? JSON.rawJSON(context.source) : value;
  try {
    return JSON.parse(text, exact);
  } catch {
    return JSON.parse(text);
  }
}

const isExactNumber = (value) => JSON.isRawJSON?.(value) ?? false;

const two = (number) => String(number).padStart(2, "0");

// The local time; with the date unless it is today.
function clock(milliseconds) {
  const at = new Date(milliseconds);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  if (at.toDateString() === new Date().toDateString()) return `${time}.${String(at.getMilliseconds()).padStart(3, "0")}`;
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}

// A time in UTC, and the one of the rows where it differs.
const withLocal = (time) => (new Date(time).getTimezoneOffset() === 0 ? time : `${time} (${clock(Date.parse(time))} local time)`);

function lasting(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 3 : 1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(Math.floor(seconds % 60))} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
}

const counted = (number, noun) => `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
