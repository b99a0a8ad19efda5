// The feed: what visitors do, as they do it.
import { ask, follow } from "./api.js";
import { empty, h } from "./element.js";
import { money } from "./numbers.js";
import { spaced, title, weight } from "./words.js";

/** Rows kept on the page. */
const MOST = 200;
/** Rows shown at first. */
const FIRST = 60;
/** Characters of a visit's id that tell it from others on the page: the last ones are chance. */
const TAG = 4;

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

export async function render(place, { site, query, write }, current) {
  const { events } = await ask("events", { site, limit: FIRST });
  if (!current()) return;
  const all = query.get("all") === "1";
  const shown = (event) => all || weight(event.name) !== "noise";
  const list = h("ol", { class: "feed" });
  const nothing = empty(
    "Nothing yet",
    "Open the shop in another window and put something into the cart: it appears here at once.",
  );
  const state = h("p", { class: "state", role: "status" }, "Connecting …");
  const quiet = h("input", {
    type: "checkbox",
    checked: all,
    onchange: ({ target }) => write({ all: target.checked ? "1" : null }),
  });
  list.append(...events.filter(shown).map((event) => row(event)));
  nothing.hidden = list.childElementCount > 0;
  place.replaceChildren(
    h(
      "div",
      { class: "head" },
      h("h1", {}, "What visitors are doing"),
      state,
      h("label", { class: "switch" }, quiet, "Page views and scrolling too"),
    ),
    h("section", { class: "card" }, list, nothing),
  );
  const each = (event) => {
    if (!shown(event)) return;
    const item = row(event);
    item.classList.add("new");
    list.prepend(item);
    nothing.hidden = true;
    while (list.childElementCount > MOST) list.lastElementChild.remove();
  };
  return follow(site, events[0]?.id ?? 0, each, (on) => {
    state.classList.toggle("on", on);
    state.textContent = on
      ? "Live"
      : "Connection lost – it is sought again by itself";
  });
}

function row(event) {
  const at = new Date(event.at);
  const today = at.toDateString() === new Date().toDateString();
  const facts = [item(event.params), detail(event.params)].filter(Boolean);
  const amount = money(event.params);
  return h(
    "li",
    { class: weight(event.name) || null },
    h(
      "time",
      { datetime: at.toISOString(), title: at.toLocaleString() },
      (today ? clock : day).format(at),
    ),
    h(
      "div",
      { class: "what" },
      h("b", {}, title(event.name)),
      facts.length ? ` – ${facts.join(", ")}` : "",
      amount ? ` (${amount})` : "",
      h("div", { class: "where" }, event.path),
    ),
    h(
      "span",
      { class: "who", title: `visit ${event.session_id}` },
      `${event.bot || "visit"} ${event.session_id.slice(-TAG)}`,
    ),
  );
}

/** The names of the products, or of the first and how many more. */
function item(params) {
  const items = Array.isArray(params?.items) ? params.items : [];
  const name = items[0]?.item_name ?? items[0]?.item_id;
  if (!name) return "";
  return items.length > 1 ? `${name} and ${items.length - 1} more` : name;
}

function detail(params = {}) {
  if (params.percent_scrolled) return `${params.percent_scrolled}% of the page`;
  if (params.video_percent) return `${params.video_percent}% of the video`;
  const said = params.promotion_name ?? params.search_term;
  return said ?? spaced(String(params.method ?? ""));
}
