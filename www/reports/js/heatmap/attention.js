// What a picture of bands is made of: how long visitors look at each height of a page, and how far down they come.
import { many, percent } from "../numbers.js";
import { cells, heights, reached } from "./bands.js";
import { ends } from "./compared.js";
import { MEASURES, sides } from "./measure.js";
import { LEVEL, SHIFT } from "./scale.js";

/** A page that cannot be shown is drawn as long as most are. */
const BLANK_PX = 2400;

/** Returns the subject, as points.js does, of `kind` attention or scroll. */
export function attention(parts, { kind, isDifference }) {
  const measure = MEASURES[kind];
  const all = {
    isBands: true,
    tip: (band) => [band.label, band.text],
    table: () => table(parts),
    blank: BLANK_PX,
    isEmpty: parts.every(({ answer }) => answer.views === 0),
    lacks: "No attention is known of this page yet",
  };
  if (parts.length === 1) return { ...all, ...alone(parts[0], measure) };
  const draw = isDifference ? apart : beside;
  const [one, other] = parts;
  const heading = `${measure.heading}: ${one.name} against ${other.name}`;
  return { ...all, heading, ...draw(parts, measure) };
}

function alone(part, measure) {
  const { answer } = part;
  return {
    heading: `${measure.heading}, in ${views(part)}`,
    note: fold(answer),
    panels: [panel(part, measure, "")],
    scale: LEVEL,
    ends: measure.ends,
    hint: measure.hint,
    rows: (laid) => rows(laid, (index) => measure.aside(answer.bands[index])),
  };
}

function beside(parts, measure) {
  const others = measure.values(parts[1].answer);
  return {
    panels: parts.map((part) => panel(part, measure, part.title)),
    scale: LEVEL,
    ends: measure.ends,
    hint: measure.hint,
    rows: (laid) =>
      rows(laid, (index) => `against ${measure.say(others[index] ?? 0)}`),
  };
}

function apart(parts, measure) {
  const [values, others] = parts.map(({ answer }) => measure.values(answer));
  const changes = values.map((value, index) => value - (others[index] ?? 0));
  const most = Math.max(0, ...changes.map(Math.abs));
  return {
    panels: [
      {
        title: `${parts[0].title} against ${parts[1].name}`,
        about: parts.map(views).join(" against "),
        lay: (page) => ({
          elements: bands(changes, page, measure.change),
          cells: cells(changes, most),
          marks: sides(changes, measure.change),
        }),
      },
    ],
    scale: SHIFT,
    ends: ends(parts),
    hint: measure.apart,
    rows: (laid) =>
      rows(
        laid,
        (index) =>
          `${measure.say(values[index])} against ${measure.say(others[index] ?? 0)}`,
      ),
  };
}

const views = ({ answer }) => many(answer.views, "view");

function panel(part, measure, title) {
  const values = measure.values(part.answer);
  const half = {
    at: part.answer.fold,
    text: "Half of the visitors see this without scrolling",
    isFold: true,
  };
  const marks = [...measure.marks(part.answer, values), half];
  return {
    title,
    about: views(part),
    lay: (page) => ({
      elements: bands(values, page, measure.say),
      cells: cells(values, measure.most(values)),
      marks: marks.filter(({ at }) => at != null),
    }),
  };
}

const fold = ({ fold: at }) =>
  at == null
    ? ""
    : `Half of the visitors see the top ${percent(at)} of the page without scrolling.`;

/** The bands as elements that a pointer finds. */
function bands(values, { width, height }, say) {
  const high = height / values.length;
  return values.map((value, index) => {
    const { from, to } = heights(index, values.length);
    const [top, bottom] = [index * high, (index + 1) * high];
    return {
      label: `${from}–${to}% down the page`,
      text: say(value),
      dots: [],
      rect: { left: 0, top, right: width, bottom, width, height: high },
    };
  });
}

const rows = (laid, text) =>
  laid[0].elements.map((band, index) => ({
    label: band.label,
    title: "",
    figure: band.text,
    text: text(index),
    shown: laid.map(({ elements }) => elements[index]),
  }));

function table(parts) {
  const head = [
    "group",
    "from % of the page",
    "to % of the page",
    "seconds in view",
    "share of views that came here",
  ];
  const lines = parts.flatMap(({ name, answer }) => {
    const shares = reached(answer.bands);
    return answer.bands.map((band, index) => {
      const { from, to } = heights(index, answer.bands.length);
      return [name, from, to, band.seconds, shares[index]];
    });
  });
  return [head, ...lines].map((line) =>
    parts.length > 1 ? line : line.slice(1),
  );
}
