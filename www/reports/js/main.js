// Which report is shown, about which shop and period. All of it stands in the URL, so that a view can be sent on.
import { ask } from "./api.js";
import { empty } from "./element.js";
import { many } from "./numbers.js";

const REPORTS = {
  live: () => import("./live.js"),
  conversions: () => import("./conversions.js"),
  heatmap: () => import("./heatmap/report.js"),
  funnel: () => import("./funnel.js"),
};
const DAY_MS = 24 * 3600 * 1000;

const place = document.querySelector("[data-report]");
const filters = document.querySelector("[data-filters]");
/** Visits that are hardly a person's, by shop. */
let robots = {};
let leave = () => {};
let turn = 0;

/** `#heatmap?site=demo&days=7` -> report and parameters. */
function read() {
  const [name, query] = location.hash.slice(1).split("?");
  const report = Object.hasOwn(REPORTS, name) ? name : "live";
  return { report, query: new URLSearchParams(query) };
}

/** Puts parameters into the URL; `null` takes one out. Shows the report anew unless told to be quiet. */
function write(changes, { quiet = false } = {}) {
  const { report, query } = read();
  for (const [name, value] of Object.entries(changes)) {
    if (value == null) query.delete(name);
    else query.set(name, value);
  }
  history.replaceState(null, "", `#${report}?${query}`);
  link(query);
  if (!quiet) show();
}

/** The period in milliseconds since 1970, whole hours so that answers compare. */
function period(query) {
  const days = query.get("days") ?? "28";
  if (days === "custom") {
    const day = (name) => {
      const text = query.get(name);
      return text ? new Date(`${text}T00:00`).getTime() : NaN;
    };
    const to = day("to") + DAY_MS;
    const from = day("from");
    return {
      from: from >= 0 ? from : undefined,
      to: to > (from || 0) ? to : undefined,
    };
  }
  if (days === "all") return {};
  return { from: Date.now() - Number(days) * DAY_MS };
}

async function show() {
  const mine = ++turn;
  leave();
  leave = () => {};
  const { report, query } = read();
  fill(report, query);
  link(query);
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === report) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  const site = query.get("site") ?? filters.elements.site.value;
  filters.hidden = !site;
  if (!site) {
    place.replaceChildren(
      empty(
        "Nothing has come in yet",
        "Open the shop and click something: it appears here within a few seconds. This page looks again by itself.",
      ),
    );
    setTimeout(() => mine === turn && start(), 2000);
    return;
  }
  try {
    const { render } = await REPORTS[report]();
    const bots = query.get("bots");
    const view = { site, ...period(query), bots, query, write };
    const left = await render(place, view, () => mine === turn);
    if (mine === turn) leave = left ?? leave;
    else left?.();
  } catch (error) {
    if (mine !== turn) return;
    place.replaceChildren(
      empty("The collector does not answer", `It said: ${error.message}`),
    );
  }
}

/** Sets the controls to what the URL says. */
function fill(report, query) {
  const { site, days, from, to, bots } = filters.elements;
  if (query.get("site")) site.value = query.get("site");
  days.value = query.get("days") ?? "28";
  from.value = query.get("from") ?? "";
  to.value = query.get("to") ?? "";
  // The feed is of now.
  const timeless = report === "live";
  filters.querySelector("[data-period]").hidden = timeless;
  const left = robots[site.value] ?? 0;
  const choice = filters.querySelector("[data-bots]");
  bots.checked = query.get("bots") === "true";
  choice.hidden = timeless || !(left || bots.checked);
  choice.querySelector("span").textContent =
    `Robots too (${many(left, "visit")})`;
  for (const label of filters.querySelectorAll("[data-custom]")) {
    label.hidden = timeless || days.value !== "custom";
  }
}

/** Lets the tabs keep shop and period. */
function link(query) {
  const kept = new URLSearchParams(query);
  kept.delete("path");
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.href = `#${tab.dataset.tab}${kept.size ? `?${kept}` : ""}`;
  }
}

async function start() {
  try {
    const { sites } = await ask("sites");
    robots = Object.fromEntries(sites.map(({ site, bots }) => [site, bots]));
    const chosen = filters.elements.site.value;
    filters.elements.site.replaceChildren(
      ...sites.map(({ site }) => new Option(site, site)),
    );
    if (chosen) filters.elements.site.value = chosen;
  } catch {
    // The report itself says that the collector does not answer.
  }
  await show();
}

filters.addEventListener("change", (event) => {
  const { name, value, type, checked } = event.target;
  const said = type === "checkbox" && !checked ? null : value || null;
  write({ [name]: said, ...(name === "site" && { path: null }) });
});
filters.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", show);
start();
