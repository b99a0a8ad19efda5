// What is chosen above the heatmap: page, device, strength, scripts.
import { h } from "../element.js";
import { many } from "../numbers.js";

const DEVICES = { phone: "Phone", tablet: "Tablet", desktop: "Desktop" };

/** Returns the controls; each choice goes into the URL, which shows the report anew. */
export function tools(view, pages, path, device, answer, opacity) {
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
    h(
      "fieldset",
      {},
      h("legend", {}, "Seen on"),
      h(
        "div",
        { class: "segments" },
        Object.entries(DEVICES).map(([name, text]) =>
          h(
            "label",
            {},
            h("input", {
              type: "radio",
              name: "device",
              value: name,
              checked: name === device,
              onchange: () => view.write({ device: name }),
            }),
            text,
            h("small", {}, many(answer.devices[name].clicks, "click")),
          ),
        ),
      ),
    ),
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
        checked: view.query.get("scripts") === "1",
        onchange: ({ target }) =>
          view.write({ scripts: target.checked ? "1" : null }),
      }),
      "Run the page’s scripts",
    ),
  );
}
