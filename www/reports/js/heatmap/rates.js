// How many visitors did something with an element, and how many of those bought, in words.
import { duration, many, percent } from "../numbers.js";
import { deed } from "../words.js";
import { share } from "./difference.js";

/** Per kind of point: what one is called, and what visitors did with the element. Where a finger does it, `tap` says so. */
const KINDS = {
  click: { one: "click", did: "clicked this", tap: ["tap", "tapped this"] },
  move: {
    one: "move",
    did: "moved the pointer over this",
    tap: ["move", "moved a finger over this"],
  },
  hover: { one: "stay", did: "stayed on this", tap: null },
  rage: {
    one: "rage click",
    did: "clicked this in anger",
    tap: ["rage tap", "tapped this in anger"],
  },
  dead: {
    one: "dead click",
    did: "clicked this in vain",
    tap: ["dead tap", "tapped this in vain"],
  },
};
/** How wide a point is drawn: density.js. */
const SPOT = "on one spot the size of a fingertip";
/** What difference.js does with the rest. */
const SURE = "What chance alone would make is left out.";
/** A number per visitor is small: told for so many of them. */
const HUNDRED = 100;
const KEYED = ["key press", "pressed this by a key"];

/**
 * Returns what points of `kind` are called: `one`, what visitors `did` with an element, and that without it as `past`. Fingers tap on
 * phones and tablets, and where only touch is asked for.
 */
export function words(kind, device, pointer) {
  const [one, did] = named(kind, device, pointer);
  return { one, did, past: did.replace(/(?: over| on)? this/, "") };
}

function named(kind, device, pointer) {
  const { one, did, tap } = KINDS[kind];
  if (kind === "click" && pointer === "key") return KEYED;
  const isFinger = pointer ? pointer === "touch" : device !== "desktop";
  return tap && isFinger ? tap : [one, did];
}

/** What stands at the ends of a scale of amounts. */
export const scaleEnds = ({ kind }) =>
  kind === "hover" ? ["short", "long"] : ["few", "many"];

/** "34 taps by 20 visitors" */
export const amount = (element, { one }) =>
  `${many(element.points, one)} by ${many(element.visitors, "visitor")}`;

/** "12% of visitors tapped this, 3% of them bought" */
export function rates({ visitors, buyers }, all, { did }, goal = "purchase") {
  const shown = `${percent(share(visitors, all))} of visitors ${did}`;
  if (visitors === 0) return shown;
  return `${shown}, ${percent(share(buyers, visitors))} of them ${deed(goal)}`;
}

/** "12% against 8%: clearly more"; `verdict` is what `compare` of numbers.js says. */
export function against(one, other, verdict) {
  const said = {
    few: "too few visitors to tell",
    same: "no clear difference",
    more: "clearly more",
    less: "clearly fewer",
  };
  return `${percent(one)} against ${percent(other)}: ${said[verdict]}`;
}

/** What the hottest spot stands for; of stays, the milliseconds. */
export function hottest(most, { kind, one }) {
  if (!(most > 0)) return "";
  if (kind === "hover") return `Longest: ${duration(most)} in all ${SPOT}.`;
  const times = many(Math.max(1, Math.round(most)), one);
  return `Hottest: about ${times} ${SPOT}.`;
}

/** The same of two groups, for whom the density is that per visitor. */
export function hottestOfTwo(most, { kind, one }, isDifference) {
  if (!(most > 0)) {
    return isDifference ? "No difference that chance would not make." : "";
  }
  const sure = isDifference ? ` ${SURE}` : "";
  if (kind === "hover") {
    const apart = isDifference ? " more or less" : "";
    return `Deepest colour: ${duration(most)}${apart} a visitor ${SPOT}.${sure}`;
  }
  const times = many(Math.max(1, Math.round(most * HUNDRED)), one);
  const apart = isDifference ? " more or fewer" : "";
  return `Deepest colour: about ${times}${apart} for each hundred visitors ${SPOT}.${sure}`;
}
