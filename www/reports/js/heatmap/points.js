// What a picture of points is made of: where people click, move, stay, and what angers them.
import { FEWEST_VISITS, count, many } from "../numbers.js";
import { place } from "./anchor.js";
import { compared } from "./compared.js";
import { density } from "./density.js";
import { share } from "./difference.js";
import { amount, hottest, rates, scaleEnds, words } from "./rates.js";
import { AMOUNT } from "./scale.js";

/** Room below the lowest point on a blank page. */
const BELOW_PX = 80;
/** Shares in files: hundredths of a percent. */
const FINEST = 10_000;
const COLUMNS = [
  "selector",
  "label",
  "points",
  "visitors",
  "share of visitors",
  "buyers",
  "share of buyers",
];

/**
 * Returns the subject of what a sheet draws of one group of visitors or of two, `parts`, each with the collector's `answer`:
 * `panels` lay themselves out on a page as `{ elements, cells, marks }`; `scale`, `ends` and `hint` are the legend; `tip`, `rows` and
 * `table` say in words and numbers what the panels were laid out to.
 */
export function points(parts, { kind, pointer, goal, isDifference }, device) {
  const groups = parts.map(({ name, title, answer }) => ({
    name,
    title,
    answer,
    seen: answer.devices[device],
  }));
  const said = {
    kind,
    goal: goal ?? undefined,
    ...words(kind, device, pointer),
  };
  const all = {
    note: [few(groups), newest(groups)].filter(Boolean).join(" "),
    blank: Math.max(...groups.map(({ answer }) => lowest(answer))) + BELOW_PX,
    isEmpty: groups.every(({ answer }) => answer.told === 0),
    lacks: `No ${said.one}s yet on this page`,
  };
  return groups.length > 1
    ? { ...all, ...compared(groups, said, isDifference) }
    : { ...all, ...alone(groups[0], said) };
}

function alone(group, said) {
  const { visitors } = group.seen;
  return {
    heading: sum(group, said),
    panels: [
      {
        title: "",
        lay(page) {
          const { elements, dense } = draw(group, page);
          return { elements, cells: dense };
        },
      },
    ],
    scale: AMOUNT,
    ends: scaleEnds(said),
    hint: (most) => hottest(most, said),
    tip: (element) => told(element, visitors, said),
    rows: ([{ elements }]) =>
      elements.map((element) => ({
        label: element.label,
        title: element.selector,
        figure: count(element.points),
        text: rates(element, visitors, said) + gone(element),
        shown: [element],
      })),
    table: ([{ elements }]) => [
      COLUMNS,
      ...elements.map((element) => record(element, visitors)),
    ],
  };
}

/** Returns the elements of a group on a page, and the density of their points. */
export function draw({ answer }, page) {
  const elements = place(page.document, answer.elements, page).map(
    (element) => ({
      ...element,
      isGone: Boolean(page.document && element.selector && !element.rect),
    }),
  );
  const dots = elements.flatMap((element) => element.dots);
  return { elements, dense: density(dots, page.width, page.height) };
}

/** "1,234 taps in 456 views by 300 visitors" */
export const sum = ({ seen: { points: all, views, visitors } }, { one }) =>
  `${many(all, one)} in ${many(views, "view")} by ${many(visitors, "visitor")}`;

/** Returns the lines of an element's tip. */
export const told = (element, visitors, said) => [
  element.label,
  amount(element, said),
  rates(element, visitors, said),
];

export const gone = ({ isGone }) => (isGone ? " · no longer on the page" : "");

/** Returns an element's row in a file; shares are numbers, which a spreadsheet can reckon with. */
export const record = (element, visitors) => [
  element.selector,
  element.label,
  element.points,
  element.visitors,
  rounded(share(element.visitors, visitors)),
  element.buyers,
  rounded(share(element.buyers, element.visitors)),
];

const rounded = (number) => Math.round(number * FINEST) / FINEST;

/** Returns the head of a file of two groups. */
export const columns = () => ["group", ...COLUMNS];

function few(groups) {
  const least = Math.min(...groups.map(({ seen }) => seen.visitors));
  return groups.length > 1 && least < FEWEST_VISITS
    ? `Fewer than ${FEWEST_VISITS} visitors on one side: differences may be chance.`
    : "";
}

function newest(groups) {
  const cut = groups.filter(({ answer, seen }) => answer.told < seen.points);
  if (cut.length === 0) return "";
  const drawn = cut.map(({ answer }) => count(answer.told)).join(" and ");
  return `The newest ${drawn} are drawn; the counts are of all.`;
}

const lowest = ({ elements }) =>
  elements.reduce(
    (low, { at }) => at.reduce((y, point) => Math.max(y, point[3]), low),
    0,
  );
