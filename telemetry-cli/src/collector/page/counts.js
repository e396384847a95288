// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// The chart of counts over time, the totals, and the choices of the filter.

const COUNTS_PAUSE = 2000; // milliseconds between two questions while events arrive; longer for slow answers
const CHART = { width: 600, height: 60 };

function svg(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

// The bar of a bucket: invalid events above valid ones.
function bar({ valid, invalid }, peak, place, time) {
  if (valid + invalid === 0) return undefined;
  // A count of one stays visible beside a peak of thousands.
  const height = (count) => (count === 0 ? 0 : Math.max(1.5, (count / peak) * (CHART.height - 2)));
  const [good, bad] = [height(valid), height(invalid)];
  const [group, title] = [svg("g", {}), svg("title", {})];
  title.textContent = `${time}: ${valid} valid, ${invalid} invalid`;
  group.append(
    title,
    svg("rect", { class: "valid", ...place, y: CHART.height - good, height: good }),
    svg("rect", { class: "invalid", ...place, y: CHART.height - good - bad, height: bad }),
  );
  return group;
}

function drawChart({ from, step, buckets }) {
  const peak = Math.max(0, ...buckets.map(({ valid, invalid }) => valid + invalid));
  const [width, start] = [CHART.width / buckets.length, Date.parse(from)];
  const place = (index) => ({ x: index * width + 0.5, width: Math.max(width - 1, 0.5) });
  const bars = buckets.map((bucket, index) => bar(bucket, peak, place(index), clock(start + index * step * 1000)));
  byId("chart").replaceChildren(...bars.filter(Boolean));
  byId("chart-from").textContent = clock(start).replace(/\.\d+$/, "");
  byId("chart-peak").textContent = peak === 0 ? "" : `highest: ${peak.toLocaleString("en-US")} in ${step < 60 ? `${step} s` : `${step / 60} min`}`;
  return peak;
}

// Keeps the choice, also if it is not among the most frequent values.
function offer(select, values) {
  const chosen = select.value;
  const rest = values.map(([value]) => value).filter((value) => value !== "");
  if (chosen !== "" && !rest.includes(chosen)) rest.push(chosen);
  const offered = [...select.options].slice(1).map(({ value }) => value);
  if (rest.length === offered.length && rest.every((value, index) => value === offered[index])) return;
  select.replaceChildren(select.options[0], ...rest.map((value) => element("option", { value, textContent: plain(value, 60) })));
  select.value = chosen;
}

function showCounts(counts) {
  const shown = counts.buckets.reduce((sum, { valid, invalid }) => [sum[0] + valid + invalid, sum[1] + invalid], [0, 0]);
  const peak = drawChart(counts);
  const range = byId("minutes").selectedOptions[0].textContent;
  byId("chart").setAttribute("aria-label", `Last ${range}: ${counted(shown[0], "event")}, ${shown[1]} invalid, at most ${peak} in ${counted(counts.step, "second")}`);
  byId("totals").textContent = `${counted(counts.total, "event")} ${filter ? "found" : "stored"}, ${counts.invalid.toLocaleString("en-US")} invalid`;
  offer(byId("name"), counts.names);
  offer(byId("product"), counts.products);
}

// Asks for the counts, one question at a time.
class Counts {
  constructor(shown, failed) {
    Object.assign(this, { shown, failed, isAsking: false, isDue: false, isUrgent: false });
  }

  // Asks after the pause; at once if it is urgent, as after a change of the filter.
  due(isUrgent = false) {
    this.isDue = true;
    this.isUrgent ||= isUrgent;
    if (isUrgent) this.asking?.abort();
    if (!this.isAsking && (this.isUrgent || this.timer === undefined)) this.askNow();
  }

  async askNow() {
    clearTimeout(this.timer);
    Object.assign(this, { isAsking: true, isDue: false, isUrgent: false });
    this.asking = new AbortController();
    const [start, { signal }] = [performance.now(), this.asking];
    try {
      const counts = await ask("counts", filterQuery({ minutes: byId("minutes").value }), signal);
      if (!signal.aborted) this.shown(counts);
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    }
    this.isAsking = false;
    if (this.isUrgent) this.askNow();
    else this.timer = setTimeout(() => this.goOn(), Math.max(COUNTS_PAUSE, 5 * (performance.now() - start)));
  }

  goOn() {
    this.timer = undefined;
    if (this.isDue && !document.hidden) this.askNow();
  }
}
