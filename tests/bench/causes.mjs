// Reads from a trace how long the functions of one script ran, by what called them.

const EVENTS = {
  move: /^(pointer(move|rawupdate|over|out|enter|leave)|mouse(move|over|out|enter|leave))$/,
  // What a click brings along: it focuses, and ends what was typed.
  click:
    /^(pointer(down|up)|mouse(down|up)|(aux|dbl)?click|focus(in|out)?|blur|change|selectionchange)$/,
  wheel: /^(wheel|mousewheel|scroll(end)?)$/,
  key: /^(key(down|press|up)|(before|text)?input)$/i,
};
/** What calls functions: input, timers, and the rest, such as observers. */
export const CAUSES = [...Object.keys(EVENTS), "timers", "others"];

/**
 * Returns milliseconds of the main thread's own time by cause, of the functions for whose address `isOwn`. What a promise calls
 * has no address in a trace, and is left out.
 */
export function costsByCause(events, isOwn) {
  const spent = Object.fromEntries(CAUSES.map((cause) => [cause, 0]));
  const main = events.find(({ name }) => name === "EventDispatch");
  const nested = events
    .filter(
      ({ ph, pid, tid }) => ph === "X" && pid === main.pid && tid === main.tid,
    )
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const around = [];
  for (const event of nested) {
    while (around.length && endOf(around.at(-1)) <= event.ts) around.pop();
    const own = event.name === "FunctionCall" && isOwn(event.args.data.url);
    if (own && !around.some((outer) => outer.own)) {
      spent[causeOf(around)] += event.tdur / 1000;
    }
    around.push({ ...event, own });
  }
  return spent;
}

const endOf = ({ ts, dur }) => ts + dur;

function causeOf(around) {
  for (const { name, args } of around.toReversed()) {
    if (name === "EventDispatch") return causeOfType(args.data.type);
    if (/^(TimerFire|FireAnimationFrame|FireIdleCallback)$/.test(name)) {
      return "timers";
    }
  }
  return "others";
}

const causeOfType = (type) =>
  Object.keys(EVENTS).find((cause) => EVENTS[cause].test(type)) ?? "others";
