// What people do on a page, drawn over the page itself.
import { ask } from "../api.js";
import { empty, h } from "../element.js";
import { attention } from "./attention.js";
import { DEVICES, KINDS, groups, isBands, read } from "./choice.js";
import { points } from "./points.js";
import { recall } from "./screenshot.js";
import { drawSheet } from "./sheet.js";
import { isOwn } from "./source.js";
import { files, live, screenshot } from "./take.js";
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
  const about = { site, path, from, to, bots };
  const { parts, device, devices } = await answers(choice, about);
  const picture = await recall(site, path, device);
  if (!current()) return undefined;

  const subject = isBands(choice.kind)
    ? attention(parts, choice)
    : points(parts, choice, device);
  const sheet = h("div");
  const opacity = strength(view, (value) => drawn?.opacity(value));
  const took = take({
    subject,
    picture,
    opacity,
    view,
    path,
    device,
    choice,
    drawn: () => drawn,
  });
  const controls = h(
    "section",
    { class: "card" },
    tools(view, { pages, path, device, choice, devices, opacity }),
    who(view, choice),
    took,
  );
  keepFocus(place, () => place.replaceChildren(head, controls, sheet));
  if (subject.isEmpty) {
    sheet.replaceChildren(nothing(subject, devices[device], device, path));
  }
  const drawn = subject.isEmpty
    ? null
    : drawSheet(sheet, subject, {
        path,
        device,
        scripts: query.get("scripts") === "1",
        picture,
        opacity: opacity.value,
      });
  return drawn?.leave;
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
    asked.map(async (group) => ({
      name: group.name,
      title: group.title,
      answer: await ask(report, group.asked),
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

/** What is taken along, in a box of its own. */
function take({
  subject,
  picture,
  opacity,
  view,
  path,
  device,
  choice,
  drawn,
}) {
  const { site, from, to } = view;
  const day = (time) => new Date(time).toLocaleDateString("en-GB");
  const period = `${from ? `from ${day(from)}` : "all time"} to ${day(to ?? Date.now())}`;
  const what = KINDS[choice.kind];
  const caption = [
    `${what} on ${path}, ${device}: ${subject.heading}`,
    `${site}, ${from ? period : `all time until ${day(to ?? Date.now())}`}`,
  ];
  const name = `${choice.kind}-${device}-${path}`.replace(/[^a-z0-9]+/gi, "-");
  return h(
    "details",
    { class: "more-tools" },
    h("summary", {}, "Save, page shown, live page"),
    h(
      "div",
      { class: "columns" },
      h(
        "section",
        {},
        h("h3", {}, "Save"),
        files({ drawn, subject, caption, name, opacity, isFramed: !picture }),
      ),
      h(
        "section",
        {},
        h("h3", {}, "Page shown"),
        screenshot({
          site,
          path,
          device,
          has: Boolean(picture),
          shown: () => view.write({}),
        }),
      ),
      h("section", {}, h("h3", {}, "On the live page"), live({ site })),
    ),
  );
}

function nothing(subject, seen, device, path) {
  if (seen.views === 0) {
    return empty(
      `Nobody of these visitors saw this page on a ${device}`,
      "Choose another device, a longer period, or all visitors.",
    );
  }
  const href = isOwn(path) ? path : null;
  return empty(
    subject.lacks,
    h(
      "span",
      {},
      h(
        "a",
        { href, target: "_blank", rel: "noopener" },
        "Open it in the shop",
      ),
      " and try it, or choose a longer period.",
    ),
  );
}

/** Each choice shows the report anew; who chose by keyboard stands where they stood, and boxes stay open. */
function keepFocus(place, renew) {
  const { name, value, type } = document.activeElement ?? {};
  const focused = place.contains(document.activeElement) && name;
  const open = [...place.querySelectorAll("details")].map((box) => box.open);
  renew();
  place.querySelectorAll("details").forEach((box, index) => {
    box.open ||= Boolean(open[index]);
  });
  if (!focused) return;
  const same = [...place.querySelectorAll("input, select")].filter(
    (control) => control.name === name,
  );
  const one = type === "radio" ? same.find((c) => c.value === value) : same[0];
  one?.focus({ preventScroll: true });
}
