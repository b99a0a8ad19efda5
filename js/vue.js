// The npm entry "spoor/vue". Vue is the page's own.
// @ts-check
import { inject } from "vue";
import { borrower, holder, standIn } from "./hold.js";
import { markup, paramsOf } from "./markup.js";
import { whenSeen } from "./view.js";

export { markup };

const TRACKER = Symbol.for("spoor.vue");

/** Outside of an app that uses the plugin nothing is told, nor kept. */
const nobody = standIn(0).spoor;

/** @param {any} given */
export function createSpoor(given) {
  const { spoor, hold } = given?.then ? borrower(given) : holder(() => given);
  return {
    /** @param {any} app */
    install(app) {
      app.provide(TRACKER, spoor);
      app.directive("track", directive(spoor));
      // In quotes: names that begin with `$` are shortened.
      app.config.globalProperties["$spoor"] = spoor;
      const letGo = hold();
      // Vue 3.4 knows no such hook.
      app.onUnmount?.(letGo);
    },
  };
}

export const useSpoor = () => inject(TRACKER, nobody);

/** Returns the directive `v-track`. @param {any} spoor */
function directive(spoor) {
  /** What is followed into view: its facts, as they are, and as text to tell whether they changed. @type {WeakMap<Element, any>} */
  const views = new WeakMap();
  /** @param {Element} el @param {any} binding */
  const put = (el, { value, oldValue, modifiers }) => {
    if (modifiers.view) return;
    const said = markup(value);
    for (const name in markup(oldValue))
      if (!(name in said)) el.removeAttribute(name);
    for (const name in said)
      if (el.getAttribute(name) !== said[name])
        el.setAttribute(name, said[name]);
  };
  /** @param {Element} el @param {any} binding */
  const watch = (el, { value, modifiers }) => {
    if (!modifiers.view) return;
    const text = JSON.stringify(markup(value));
    if (views.get(el)?.text === text) return;
    forget(el);
    const tell = () => spoor.track(value.event, paramsOf(value));
    if (value?.event) views.set(el, { text, undo: whenSeen(el, tell) });
  };
  /** @param {Element} el */
  const forget = (el) => {
    views.get(el)?.undo();
    views.delete(el);
  };
  return {
    created: put,
    mounted: watch,
    /** @param {Element} el @param {any} binding */
    updated(el, binding) {
      put(el, binding);
      watch(el, binding);
    },
    unmounted: forget,
    /** @param {any} binding */
    getSSRProps: ({ value, modifiers }) =>
      modifiers.view ? {} : markup(value),
  };
}
