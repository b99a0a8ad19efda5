// What is to be seen of a page, as the URL says it, and what the collector is asked for that.

/** What can be drawn: `one` of it is told by points, or by bands of the page. */
export const KINDS = {
  click: "Clicks",
  move: "Moves",
  hover: "Hover",
  rage: "Rage clicks",
  dead: "Dead clicks",
  attention: "Attention",
  scroll: "Scroll",
};
export const DEVICES = { phone: "Phone", tablet: "Tablet", desktop: "Desktop" };
export const POINTERS = {
  mouse: "Mouse",
  touch: "Finger",
  pen: "Pen",
  key: "Keyboard",
};
export const SEGMENTS = { yes: "Who bought", no: "Who did not buy" };
export const COMPARISONS = {
  period: "The time before",
  converted: "Bought / did not buy",
  campaign: "Another campaign",
  variant: "Another variant",
};
const DAY_MS = 24 * 3600 * 1000;

/** Tells whether bands of the page are drawn, not points. */
export const isBands = (kind) => kind === "attention" || kind === "scroll";

const known = (names, name) => (Object.hasOwn(names, name) ? name : null);

/** Returns the choice in `query`; what is unknown there counts as not chosen. */
export function read(query) {
  return {
    kind: known(KINDS, query.get("kind") ?? "") ?? "click",
    device: known(DEVICES, query.get("device") ?? ""),
    pointer: known(POINTERS, query.get("pointer") ?? ""),
    segment: known(SEGMENTS, query.get("segment") ?? ""),
    campaign: query.get("campaign") || null,
    variant: query.get("variant") || null,
    goal: query.get("goal") || null,
    compare: known(COMPARISONS, query.get("compare") ?? ""),
    against: query.get("against") || null,
    from2: query.get("from2") || null,
    to2: query.get("to2") || null,
    isDifference: query.get("show") === "difference",
  };
}

/**
 * Returns the groups of visitors to show, `{ name, title, asked }`: one, or two where they are compared. `asked` are the parameters for
 * the collector; `about` are those that stand above every report. `now` is the time in milliseconds since 1970.
 */
export function groups(choice, about, now) {
  const { kind, pointer, segment, campaign, variant, compare, against } =
    choice;
  const asked = {
    ...about,
    goal: choice.goal,
    converted: segment,
    campaign,
    variant,
    ...(!isBands(kind) && { kind, pointer }),
  };
  const group = ({ name, title }, changes) => ({
    name,
    title,
    asked: { ...asked, ...changes },
  });
  const named = (value) =>
    value ? { name: value, title: value } : words("all visitors");
  switch (compare) {
    case "period": {
      const before = earlier(choice, now, about);
      const isChosen = choice.from2 || choice.to2;
      const other = isChosen ? "the other time" : "the time before";
      const both = [group(words("this period")), group(words(other), before)];
      return before ? both : both.slice(0, 1);
    }
    case "converted":
      return [
        group(words("who bought"), { converted: "yes" }),
        group(words("who did not buy"), { converted: "no" }),
      ];
    case "campaign":
    case "variant":
      return [
        group(named(choice[compare])),
        group(named(against), { [compare]: against }),
      ];
    default:
      return [group(named(null))];
  }
}

/** What a group is called within a sentence, and above its picture. */
const words = (name) => ({
  name,
  title: name.charAt(0).toUpperCase() + name.slice(1),
});

/** The days that were chosen, else as long a time as is shown, right before it; null where what is shown has no beginning. */
function earlier({ from2, to2 }, now, { from, to = now }) {
  if (from2 || to2) {
    const start = from2 ? day(from2) : undefined;
    const end = to2 ? day(to2) + DAY_MS : undefined;
    return start >= end ? null : { from: start, to: end };
  }
  if (!from) return null;
  return { from: Math.max(0, 2 * from - to), to: from };
}

const day = (text) => new Date(`${text}T00:00`).getTime();
