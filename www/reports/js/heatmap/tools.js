// What is chosen above the heatmap: page, device, what is drawn, strength, scripts.
import { h } from "../element.js";
import { many } from "../numbers.js";
import { DEVICES, KINDS } from "./choice.js";

/** Returns the controls; each choice goes into the URL, which shows the report anew. */
export function tools(view, { pages, path, device, choice, devices, opacity }) {
  const known = pages.some((page) => page.path === path);
  const choices = known ? pages : [{ path, title: path, clicks: 0 }, ...pages];
  return h(
    "div",
    { class: "tools" },
    h(
      "label",
      {},
      "Page",
      h(
        "select",
        {
          name: "path",
          onchange: ({ target }) =>
            view.write({ path: target.value, device: null }),
        },
        choices.map((page) =>
          h(
            "option",
            { value: page.path, selected: page.path === path },
            `${page.title || page.path} · ${many(page.clicks, "click")}`,
          ),
        ),
      ),
    ),
    segments("Seen on", "device", DEVICES, device, view, (name) =>
      many(devices[name].views, "view"),
    ),
    segments("Show", "kind", KINDS, choice.kind, view),
    h("label", {}, "Strength", opacity),
    h(
      "label",
      {
        class: "switch",
        title:
          "Needed where scripts build the page. The look is then counted as a visit, if the page carries spoor.",
      },
      h("input", {
        type: "checkbox",
        name: "scripts",
        checked: view.query.get("scripts") === "1",
        onchange: ({ target }) =>
          view.write({ scripts: target.checked ? "1" : null }),
      }),
      "Run the page’s scripts",
    ),
  );
}

/** Returns one choice of few, as buttons side by side. */
export function segments(legend, name, texts, chosen, view, say) {
  return h(
    "fieldset",
    {},
    h("legend", {}, legend),
    h(
      "div",
      { class: "segments" },
      Object.entries(texts).map(([value, text]) =>
        h(
          "label",
          {},
          h("input", {
            type: "radio",
            name,
            value,
            checked: value === chosen,
            onchange: () => view.write({ [name]: value }),
          }),
          text,
          say ? h("small", {}, say(value)) : null,
        ),
      ),
    ),
  );
}
