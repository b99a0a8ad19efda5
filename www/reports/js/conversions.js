// How often each thing happens, and whether those who did it bought more often.
import { ask } from "./api.js";
import { bars } from "./chart.js";
import { empty, h } from "./element.js";
import {
  FEWEST_VISITS,
  compare,
  count,
  many,
  percent,
  times,
} from "./numbers.js";
import { deed, title, weight } from "./words.js";

/** Findings told in words above the table. */
const FINDINGS = 3;
/** A smaller factor is told as a share: "0.0 times" is no English. */
const RARELY = 0.1;

export async function render(place, { site, from, to, bots }, current) {
  const asked = { site, from, to, bots };
  const [answer, { promotions }] = await Promise.all([
    ask("conversions", asked),
    ask("promotions", asked),
  ]);
  if (!current()) return;
  const { visits, reached, conversions } = answer;
  const head = h(
    "div",
    { class: "head" },
    h("h1", {}, "Which small steps lead to a purchase"),
    h(
      "p",
      {},
      `${many(visits, "visit")}, ${count(reached)} of them bought`,
      visits ? ` (${percent(reached / visits)})` : "",
    ),
  );
  if (visits === 0) {
    place.replaceChildren(
      head,
      empty(
        "No visits in this period",
        "Choose a longer period above, or open the shop and look around.",
      ),
    );
    return;
  }
  const rows = conversions.map((row) => ({
    ...row,
    ...compare(row.with, row.without),
  }));
  // A step of the checkout comes before every purchase, leaving it before none: to compare them says nothing.
  const steps = ["step", "goal", "left", "noise"];
  const micro = rows.filter((row) => !steps.includes(weight(row.name)));
  place.replaceChildren(
    head,
    findings(micro),
    chart(micro),
    table("All micro-conversions", micro),
    teasers(promotions),
    table(
      "Steps on the way, and what everybody does",
      rows.filter((row) => steps.includes(weight(row.name))),
      false,
    ),
  );
}

/** How many of those who saw a promotion clicked it. */
function teasers(promotions) {
  if (promotions.length === 0) return "";
  const heads = ["", "Visits that saw it", "Clicked it", "Of those who saw it"];
  const cell = (index, text) =>
    h("td", { "data-label": heads[index] }, h("span", {}, text));
  const row = ({ promotion, seen, clicked, rate }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("span", {}, promotion || "without a name")),
      cell(1, count(seen)),
      cell(2, count(clicked)),
      cell(3, rate == null ? "–" : percent(rate)),
    );
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Promotions, seen and clicked"),
    h(
      "table",
      { class: "stack" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((text) => h("th", { scope: "col" }, text)),
        ),
      ),
      h("tbody", {}, promotions.map(row)),
    ),
    h(
      "p",
      { class: "note" },
      "Seen means that half of it was in view for a second.",
    ),
  );
}

function findings(rows) {
  const told = rows
    .filter(({ verdict }) => verdict === "more" || verdict === "less")
    .sort((a, b) => gap(b) - gap(a))
    .slice(0, FINDINGS);
  if (told.length === 0) {
    const text = `A comparison needs at least ${FEWEST_VISITS} visits with and without a step, and some purchases among them. Until then the numbers below stand without a verdict.`;
    return empty("Too few visits to tell what leads to a purchase", text);
  }
  return h("ul", { class: "findings" }, told.map(finding));
}

/** How far the shares lie apart, weighed by how many visits it concerns. */
const gap = (row) =>
  Math.abs(row.with.share - row.without.share) * Math.sqrt(row.visits);

function finding(row) {
  return h(
    "li",
    { class: row.verdict === "less" ? "less" : null },
    h("span", { class: "figure" }, figure(row)),
    `Visitors who ${deed(row.name)} ${bought(row.times)}: `,
    `${percent(row.with.share)} of ${many(row.with.visits, "visit")}, `,
    `against ${percent(row.without.share)} of the ${count(row.without.visits)} without.`,
  );
}

function bought(factor) {
  if (factor < RARELY) return "hardly ever bought";
  return Number.isFinite(factor)
    ? `bought ${times(factor)}`
    : "bought, and nobody else did";
}

const figure = (row) =>
  Number.isFinite(row.times) && row.times >= RARELY
    ? `${row.times >= 10 ? Math.round(row.times) : row.times.toFixed(1)} ×`
    : percent(row.with.share);

function chart(rows) {
  const drawn = rows.filter((row) => row.verdict !== "few");
  if (drawn.length === 0) return "";
  drawn.sort((a, b) => b.with.share - a.with.share);
  const canvas = bars({
    labels: drawn.map((row) => title(row.name)),
    label:
      "Share of visits that bought, with and without each step; the table below holds the same numbers",
    series: [
      { name: "--with", values: drawn.map((row) => row.with.share) },
      { name: "--without", values: drawn.map((row) => row.without.share) },
    ],
    say: (index, series) => {
      const row = drawn[index];
      const part = series === 0 ? row.with : row.without;
      return `${percent(part.share)}: ${count(part.reached)} of ${many(part.visits, "visit")} ${series === 0 ? "with it" : "without it"}`;
    },
  });
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Share of visits that went on to buy"),
    h(
      "ul",
      { class: "key" },
      h(
        "li",
        {},
        h("i", { style: "background: var(--with)" }),
        "after this step",
      ),
      h(
        "li",
        {},
        h("i", { style: "background: var(--without)" }),
        "without it",
      ),
    ),
    canvas,
  );
}

function table(heading, rows, judged = true) {
  if (rows.length === 0) return "";
  const heads = ["", "Times", "Visits with it", "Bought after it"];
  if (judged) heads.push("Bought without it", "Difference");
  return h(
    "section",
    { class: "card" },
    h("h2", {}, heading),
    h(
      "table",
      { class: "stack" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((text) => h("th", { scope: "col" }, text)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) => line(row, heads, judged)),
      ),
    ),
    judged &&
      h(
        "p",
        { class: "note" },
        "A difference is told where chance alone would hardly make it (95%). It says that the two go together, not that one causes the other.",
      ),
  );
}

function line(row, heads, judged) {
  const cell = (index, ...content) =>
    h("td", { "data-label": heads[index] }, h("span", {}, ...content));
  const of = (part) =>
    part?.share == null
      ? ["–"]
      : [
          percent(part.share),
          h("small", {}, `${count(part.reached)} of ${count(part.visits)}`),
        ];
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      h("span", {}, title(row.name), h("small", {}, row.name)),
    ),
    cell(1, count(row.count)),
    cell(2, percent(row.rate), h("small", {}, count(row.visits))),
    cell(3, ...of(row.with)),
    judged && cell(4, ...of(row.without)),
    judged && cell(5, verdict(row)),
  );
}

function verdict(row) {
  if (row.verdict === "few") return "too few visits to tell";
  if (row.verdict === "same") return "no clear difference";
  const more = row.verdict === "more";
  const text = Number.isFinite(row.times) ? times(row.times) : "only with it";
  return h("span", { class: more ? "more" : "fewer" }, text);
}
