// The way to a purchase, and where visits leave it.
import { ask } from "./api.js";
import { empty, h } from "./element.js";
import { FEWEST_VISITS, count, duration, many, percent } from "./numbers.js";
import { deed, title } from "./words.js";

export async function render(place, { site, from, to, bots, query }, current) {
  const steps = query.get("steps") ?? undefined;
  const answer = await ask("funnel", { site, from, to, bots, steps });
  if (!current()) return;
  const head = h(
    "div",
    { class: "head" },
    h("h1", {}, "From a look to a purchase"),
    h("p", {}, many(answer.visits, "visit")),
  );
  const first = answer.steps[0];
  if (first.visits === 0) {
    place.replaceChildren(
      head,
      empty(
        `No visitor ${deed(first.name)} in this period`,
        "Choose a longer period above, or open a product in the shop and buy it: each step appears here.",
      ),
    );
    return;
  }
  place.replaceChildren(
    head,
    h("section", { class: "card" }, h("h2", {}, summary(answer.steps))),
    h(
      "section",
      { class: "card" },
      h(
        "ol",
        { class: "funnel" },
        answer.steps.map((step, index) => part(answer.steps, step, index)),
      ),
      h(
        "p",
        { class: "note" },
        "A visit counts at a step where it did all steps before it, in this order. Times are medians: half of the visits were quicker.",
      ),
    ),
  );
}

function summary(steps) {
  const first = steps[0];
  const last = steps.at(-1);
  if (first.visits < FEWEST_VISITS) {
    return `Too few visits to tell where they leave: ${many(first.visits, "visit")} so far.`;
  }
  // The first step loses most in every shop: people look around. What is lost within the checkout is the shop's own doing.
  const inside = steps
    .map((step, index) => ({ step, before: steps[index - 1] }))
    .slice(2)
    .filter(({ before }) => before.visits >= FEWEST_VISITS)
    .sort((a, b) => left(b) - left(a))[0];
  const whole = `${percent(last.visits / first.visits)} of the visits that ${deed(first.name)} went on to the end.`;
  if (!inside || inside.step.lost === 0) return whole;
  return `${whole} On the way the most leave after “${title(inside.before.name)}”: ${percent(left(inside))} go no further.`;
}

const left = ({ step, before }) => step.lost / before.visits;

function part(steps, step, index) {
  const first = steps[0].visits;
  const before = steps[index - 1];
  const bar = h("span");
  bar.style.width = `${(step.visits / first) * 100}%`;
  const lost =
    before &&
    h(
      "p",
      { class: "lost" },
      step.lost === 0
        ? "nobody left"
        : h("b", {}, `${count(step.lost)} left here`),
      before.visits && step.lost
        ? ` (${percent(step.lost / before.visits)})`
        : "",
      step.median_ms == null
        ? ""
        : ` · the others took ${duration(step.median_ms)}`,
    );
  return h(
    "li",
    {},
    lost,
    h(
      "div",
      { class: "step" },
      h("span", {}, title(step.name)),
      h("div", { class: "bar", "aria-hidden": "true" }, bar),
      h(
        "span",
        { class: "count" },
        h("b", {}, count(step.visits)),
        ` · ${percent(step.visits / first)}`,
      ),
    ),
  );
}
