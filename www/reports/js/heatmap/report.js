// What people do on a page, drawn over the page itself.
import { ask } from "../api.js";
import { empty, h } from "../element.js";
import { attention } from "./attention.js";
import { DEVICES, KINDS, groups, isBands, read } from "./choice.js";
import { keepFocus } from "./focus.js";
import { points } from "./points.js";
import { recall } from "./screenshot.js";
import { drawSheet } from "./sheet.js";
import { isOwn } from "./source.js";
import { take } from "./take.js";
import { tools } from "./tools.js";
import { who } from "./who.js";

const OPACITY = "0.8";

export async function render(place, view, current) {
  const { site, from, to, bots, query } = view;
  const { pages } = await ask("pages", { site, from, to, bots });
  if (!current()) return undefined;
  const head = h(
    "div",
    { class: "head" },
    h("h1", {}, "What people do on a page"),
  );
  if (pages.length === 0) {
    place.replaceChildren(
      head,
      empty(
        "No pages seen in this period",
        "Choose a longer period above, or open the shop and click.",
      ),
    );
    return undefined;
  }
  const most = pages.reduce((a, b) => (b.clicks > a.clicks ? b : a));
  const path = query.get("path") ?? most.path;
  const choice = read(query);
  const { parts, ...asked } = await answers(choice, {
    site,
    path,
    from,
    to,
    bots,
  });
  const picture = await recall(site, path, asked.device);
  if (!current()) return undefined;
  const subject = isBands(choice.kind)
    ? attention(parts, choice)
    : points(parts, choice, asked.device);
  const shown = { ...asked, pages, path, choice, picture, subject };
  return show(place, head, view, shown)?.leave;
}

/** Asks for each group of visitors, and for how much there is on each device: by default that with the most is shown. */
async function answers(choice, about) {
  const counted = isBands(choice.kind) || !choice.device || choice.compare;
  const [whole] = groups({ ...choice, compare: null }, about, Date.now());
  const overview = counted
    ? await ask("heatmap", { ...whole.asked, limit: 1 })
    : null;
  const device = choice.device ?? busiest(overview.devices);
  const asked = groups(choice, { ...about, device }, Date.now());
  const report = isBands(choice.kind) ? "attention" : "heatmap";
  const parts = await Promise.all(
    asked.map(async ({ name, title, asked: parameters }) => ({
      name,
      title,
      answer: await ask(report, parameters),
    })),
  );
  const { devices } = overview ?? parts[0].answer;
  return { parts, device, devices };
}

const busiest = (devices) =>
  Object.keys(DEVICES).reduce(
    (a, b) => (devices[b].views > devices[a].views ? b : a),
    "desktop",
  );

/** Fills the place with controls and the drawn sheet; returns the sheet, undefined where there is nothing to draw. */
function show(place, head, view, shown) {
  const { subject, path, device, devices, choice, picture } = shown;
  const sheet = h("div");
  let drawn;
  const opacity = strength(view, (value) => drawn?.opacity(value));
  const controls = h(
    "section",
    { class: "card" },
    tools(view, { ...shown, opacity }),
    who(view, choice),
    take({
      site: view.site,
      path,
      device,
      subject,
      opacity,
      caption: caption(view, shown),
      name: `${choice.kind}-${device}-${path}`.replace(/[^a-z0-9]+/gi, "-"),
      hasPicture: Boolean(picture),
      drawn: () => drawn,
      renew: () => view.write({}),
    }),
  );
  keepFocus(place, () => place.replaceChildren(head, controls, sheet));
  if (subject.isEmpty) {
    sheet.replaceChildren(nothing(subject, devices[device], device, path));
    return undefined;
  }
  drawn = drawSheet(sheet, subject, {
    path,
    device,
    picture,
    scripts: view.query.get("scripts") === "1",
    opacity: opacity.value,
  });
  return drawn;
}

const strength = (view, change) =>
  h("input", {
    type: "range",
    name: "opacity",
    min: "0.1",
    max: "1",
    step: "0.05",
    value: view.query.get("opacity") ?? OPACITY,
    oninput: ({ target }) => {
      change(target.value);
      view.write({ opacity: target.value }, { quiet: true });
    },
  });

/** What a saved picture says above itself. */
function caption({ site, from, to }, { choice, path, device, subject }) {
  const day = (time) => new Date(time).toLocaleDateString("en-GB");
  const end = day(to ?? Date.now());
  return [
    `${KINDS[choice.kind]} on ${path}, ${device}: ${subject.heading}`,
    `${site}, ${from ? `from ${day(from)} to` : "all time until"} ${end}`,
  ];
}

function nothing(subject, seen, device, path) {
  if (seen.views === 0) {
    return empty(
      `Nobody of these visitors saw this page on a ${device}`,
      "Choose another device, a longer period, or all visitors.",
    );
  }
  const href = isOwn(path) ? path : null;
  const link = { href, target: "_blank", rel: "noopener" };
  return empty(
    subject.lacks,
    h(
      "span",
      {},
      h("a", link, "Open it in the shop"),
      " and try it, or choose a longer period.",
    ),
  );
}
