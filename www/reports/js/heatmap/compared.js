// Two groups of visitors on one page: side by side on one scale, or one picture of where they differ.
import { compare, many } from "../numbers.js";
import { density } from "./density.js";
import { difference, pair, perVisitor, share, variance } from "./difference.js";
import { columns, draw, gone, record, sum, told } from "./points.js";
import { against, hottestOfTwo, scaleEnds } from "./rates.js";
import { AMOUNT, CHANGE } from "./scale.js";

/** Returns what differs from the subject of one group, of the groups `[one, other]`. */
export function compared(groups, said, isDifference) {
  const [one, other] = groups;
  return {
    heading: `What visitors ${said.past}: ${one.name} against ${other.name}`,
    hint: (most) => hottestOfTwo(most, said, isDifference),
    ...(isDifference ? apart(groups, said) : beside(groups, said)),
  };
}

function beside(groups, said) {
  return {
    panels: groups.map((group) => ({
      title: group.title,
      about: sum(group, said),
      lay(page) {
        const { elements, dense } = draw(group, page);
        return { elements, cells: perVisitor(dense, group.seen.visitors) };
      },
    })),
    scale: AMOUNT,
    ends: scaleEnds(said),
    tip: (element, index) => told(element, groups[index].seen.visitors, said),
    rows: (laid) =>
      pairs(
        groups,
        laid.map(({ elements }) => elements),
      ).map((element) => row(element, groups, [element, element.other])),
    table: (laid) => [
      columns(),
      ...groups.flatMap(({ name, seen }, index) =>
        laid[index].elements.map((element) => [
          name,
          ...record(element, seen.visitors),
        ]),
      ),
    ],
  };
}

function apart(groups, said) {
  const [one, other] = groups;
  return {
    panels: [
      {
        title: `${one.title} against ${other.name}`,
        about: groups
          .map(({ seen }) => many(seen.visitors, "visitor"))
          .join(" against "),
        lay(page) {
          const drawn = groups.map((group) => draw(group, page));
          const each = drawn.map(({ dense }, index) =>
            perVisitor(dense, groups[index].seen.visitors),
          );
          const elements = drawn.map((group) => group.elements);
          const doubt = elements.map((all, index) =>
            variance(squares(all, page), groups[index].seen.visitors),
          );
          return {
            elements: pairs(groups, elements),
            cells: difference(...each, doubt),
          };
        },
      },
    ],
    scale: CHANGE,
    ends: ends(groups),
    tip: (element) => [
      element.label,
      `${one.name}: ${told(element, one.seen.visitors, said)[2]}`,
      `${other.name}: ${told(element.other, other.seen.visitors, said)[2]}`,
    ],
    rows: ([{ elements }]) =>
      elements.map((element) => row(element, groups, [element])),
    table: ([{ elements }]) => [
      columns(),
      ...elements.map((element) => [
        one.name,
        ...record(element, one.seen.visitors),
      ]),
      ...elements.map((element) => [
        other.name,
        ...record(element.other, other.seen.visitors),
      ]),
    ],
  };
}

/** Each point counts by the square of its weight: many short stays are surer than a long one. */
function squares(elements, { width, height }) {
  const dots = elements.flatMap((element) =>
    element.dots.map(([x, y, weight]) => [x, y, weight * weight]),
  );
  return density(dots, width, height);
}

/** Returns what stands at the ends of a scale of differences. */
export const ends = ([one, other]) => [
  `more: ${other.name}`,
  `more: ${one.name}`,
];

const pairs = ([one, other], [elements, others]) =>
  pair(elements, others, one.seen.visitors, other.seen.visitors);

function row(element, [one, other], shown) {
  const side = ({ visitors }, { seen }) => ({
    visits: seen.visitors,
    reached: visitors,
    share: share(visitors, seen.visitors),
  });
  const [here, there] = [side(element, one), side(element.other, other)];
  const { verdict } = compare(here, there);
  return {
    label: element.label,
    title: element.selector,
    figure: "",
    text: against(here.share, there.share, verdict) + gone(element),
    shown,
  };
}
