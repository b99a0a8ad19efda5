// What is taken along: the picture, the table, a screenshot beneath, and the heat over the live shop.
import { h } from "../element.js";
import { csv } from "./csv.js";
import { picture } from "./picture.js";
import { forget, keep } from "./screenshot.js";

/** A download has begun by then, and its data may go. */
const KEPT_MS = 60_000;
const OVERLAY = new URL("../../overlay.js", import.meta.url).href;

/** Returns a box of all of it. `drawn` returns the sheet as it is then, or undefined where nothing is drawn; `renew` shows the report anew. */
export function take(asked) {
  const part = (title, content) =>
    h("section", {}, h("h3", {}, title), content);
  return h(
    "details",
    { class: "more-tools" },
    h("summary", {}, "Save, page shown, live page"),
    h(
      "div",
      { class: "columns" },
      part("Save", files(asked)),
      part("Page shown", screenshot(asked)),
      part("On the live page", live(asked)),
    ),
  );
}

function files({ drawn, subject, caption, name, opacity, hasPicture }) {
  const said = h("p", { class: "note", role: "status" });
  const save = (make, ending) => async () => {
    const sheet = drawn();
    if (!sheet?.panels.every(({ laid }) => laid)) {
      said.textContent =
        "The page is still being drawn: try again in a moment.";
      return;
    }
    const blob = await make(sheet).catch(() => null);
    if (blob) download(blob, `${name}.${ending}`);
    said.textContent = blob
      ? ""
      : "The browser could not make the picture: its page is too large.";
  };
  const png = (isWhite) => (sheet) =>
    picture({
      panels: sheet.panels,
      subject,
      caption,
      opacity: opacity.value,
      isWhite,
    });
  const table = async (sheet) =>
    new Blob([csv(sheet.table())], { type: "text/csv" });
  const button = (text, make, ending) =>
    h("button", { type: "button", onclick: save(make, ending) }, text);
  return [
    h(
      "div",
      { class: "buttons" },
      button("PNG on white", png(true), "png"),
      button("PNG, transparent", png(false), "png"),
      button("CSV table", table, "csv"),
    ),
    !hasPicture
      ? h(
          "p",
          { class: "note" },
          "A PNG holds the heat, its legend and caption at the page’s size, without the page: no browser draws a framed page into a picture. To have the page beneath, give a screenshot of it.",
        )
      : null,
    said,
  ];
}

function download(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** Returns the choice of a screenshot in place of the framed page. */
function screenshot({ site, path, device, hasPicture, renew }) {
  const said = h("p", { class: "note", role: "status" });
  const take = async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      await keep(site, path, device, file);
      renew();
    } catch {
      said.textContent = `${file.name} is no picture that this browser can show: give a PNG, JPEG or WebP.`;
    }
  };
  const drop = async () => {
    await forget(site, path, device);
    renew();
  };
  return [
    h(
      "label",
      { class: "file" },
      `A screenshot of the whole page on a ${device}`,
      h("input", {
        type: "file",
        accept: "image/*",
        name: "screenshot",
        onchange: take,
      }),
    ),
    hasPicture
      ? h(
          "button",
          { type: "button", onclick: drop },
          "Show the page itself again",
        )
      : null,
    h(
      "p",
      { class: "note" },
      "Used in place of the page, and kept in this browser: the picture is sent nowhere.",
    ),
    said,
  ];
}

/** Returns the bookmark that draws the heat over the shop's own page. */
function live({ site }) {
  const url = `${OVERLAY}?${new URLSearchParams({ site })}`;
  const failed =
    "This page does not let the heatmap in: it must be served from the address of the reports.";
  // A module runs once for each address, so that each click has one of its own.
  const code = `import(${JSON.stringify(`${url}&at=`)}+Date.now()).catch(()=>alert(${JSON.stringify(failed)}))`;
  const bookmark = h(
    "a",
    {
      href: `javascript:${encodeURIComponent(code)}`,
      class: "bookmark",
      draggable: "true",
      title: "Drag this to your bookmarks",
      onclick: (event) => event.preventDefault(),
    },
    "Heat on this page",
  );
  return [
    h(
      "p",
      {},
      "Drag ",
      bookmark,
      " to your bookmarks, open the shop and click it: the heat lies over the live page.",
    ),
    h(
      "p",
      { class: "note" },
      "Or put this line into the page for yourself alone:",
    ),
    h("code", {}, `<script type="module" src="${url}"></script>`),
    h(
      "p",
      { class: "note" },
      "The shop must be served from the same address as these reports.",
    ),
  ];
}
