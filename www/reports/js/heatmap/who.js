// Whose points are shown, and with whose they are compared.
import { h } from "../element.js";
import { COMPARISONS, POINTERS, SEGMENTS, isBands } from "./choice.js";
import { segments } from "./tools.js";

/** What a visit's address and an experiment's event call them. */
const CAMPAIGN = "as utm_campaign says it";
const VARIANT = "as the experiment calls it";

/** Returns the controls in a box that is open where something is chosen in it. */
export function who(view, choice) {
  const { kind, pointer, segment, compare, campaign, variant } = choice;
  const chosen = [
    segment,
    campaign,
    variant,
    compare,
    !isBands(kind) && pointer,
  ];
  return h(
    "details",
    { class: "more-tools", open: chosen.some(Boolean) },
    h("summary", {}, "Visitors and comparison"),
    h(
      "div",
      { class: "tools" },
      isBands(kind)
        ? null
        : select("By", "pointer", POINTERS, pointer, view, "Every pointer"),
      compare === "converted"
        ? null
        : select(
            "Visitors",
            "segment",
            SEGMENTS,
            segment,
            view,
            "All visitors",
          ),
      text("Campaign", "campaign", campaign, view, CAMPAIGN),
      text("Variant", "variant", variant, view, VARIANT),
      select("Compare with", "compare", COMPARISONS, compare, view, "Nothing"),
      ...comparison(view, choice),
    ),
  );
}

function comparison(view, { compare, against, from2, to2, isDifference }) {
  if (!compare) return [];
  const other = {
    period: () => [
      day("Compared from", "from2", from2, view),
      day("to", "to2", to2, view),
    ],
    campaign: () => [
      text("Other campaign", "against", against, view, CAMPAIGN),
    ],
    variant: () => [text("Other variant", "against", against, view, VARIANT)],
    converted: () => [],
  };
  const ways = { side: "Side by side", difference: "Difference" };
  const way = isDifference ? "difference" : "side";
  return [...other[compare](), segments("As", "show", ways, way, view)];
}

function select(label, name, texts, chosen, view, none) {
  const options = Object.entries(texts).map(([value, said]) =>
    h("option", { value, selected: value === chosen }, said),
  );
  return h(
    "label",
    {},
    label,
    h(
      "select",
      {
        name,
        onchange: ({ target }) => view.write({ [name]: target.value || null }),
      },
      h("option", { value: "" }, none),
      options,
    ),
  );
}

const text = (label, name, value, view, placeholder) =>
  field(label, { type: "text", name, value, placeholder }, view);

const day = (label, name, value, view) =>
  field(label, { type: "date", name, value }, view);

function field(label, attributes, view) {
  const onchange = ({ target }) =>
    view.write({ [attributes.name]: target.value.trim() || null });
  return h("label", {}, label, h("input", { ...attributes, onchange }));
}
