// The two things that are told of each band of a page, in words: seconds in view, and the share of views that came there.
import { percent } from "../numbers.js";
import { LINES, depth, reached } from "./bands.js";

const oneDigit = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** 4.23 -> "4.2 s" */
const seconds = (value) => `${oneDigit.format(value)}\u00a0s`;
/** 0.123 -> "12 points" */
const pointsOf = (share) => `${Math.round(share * 100)} points`;

/** 0.3 -> "+…", -0.3 -> "−…" */
const signed = (value, text) =>
  `${value > 0 ? "+" : value < 0 ? "−" : ""}${text}`;

/** Returns words at the side of each band. */
export const sides = (values, say) =>
  values.map((value, index) => ({
    at: (index + 0.5) / values.length,
    text: say(value),
    isSide: true,
  }));

/**
 * What is told of a band: its `values` in the collector's answer, how one is said, how a difference is; `most` of the scale, by the
 * values of a page; `marks` over the page; `aside` is the other thing about the same band.
 */
export const MEASURES = {
  attention: {
    heading: "What visitors look at",
    values: ({ bands }) => bands.map((band) => band.seconds),
    say: seconds,
    change: (value) => signed(value, seconds(Math.abs(value))),
    most: (values) => Math.max(0, ...values),
    ends: ["short", "long"],
    hint: (most) => `Brightest: in view for ${seconds(most)}, on average.`,
    apart: (most) => `Deepest colour: ${seconds(most)} apart.`,
    aside: (band) => `${percent(band.reached)} of the views come here`,
    marks: (answer, values) => sides(values, seconds),
  },
  scroll: {
    heading: "How far visitors come",
    values: ({ bands }) => reached(bands),
    say: percent,
    change: (value) => signed(value, pointsOf(Math.abs(value))),
    most: () => 1,
    ends: ["nobody", "everybody"],
    hint: () => "The share of views that came to each height.",
    apart: (most) => `Deepest colour: ${pointsOf(most)} of a hundred apart.`,
    aside: (band) => `in view for ${seconds(band.seconds)} on average`,
    marks: ({ bands }) =>
      LINES.map((share) => ({
        at: depth(bands, share),
        text: `${percent(share)} of the views come this far`,
      })),
  },
};
