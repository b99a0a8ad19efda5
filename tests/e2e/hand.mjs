// What a visitor does with a page, in any engine. Elements are named by CSS selectors; `host >>> inner` looks into the open
// shadow root of `host`. Of several matches the first that is shown is meant.
import { bounded, eventually } from "./eventually.mjs";

/**
 * Gives a tab of an engine its verbs. The tab has `goto`, `back`, `reload`, `evaluate`, `move`, `click`, `wheel`, `type`,
 * `press`, `close`, the lists `said` and `faults`, and maybe `ordeals`; `openTab` opens another of the same visitor.
 */
export function handOn(tab, { address, openTab }) {
  const evaluate = (fn, arg) =>
    bounded(`answer of the page to ${fn}`, tab.evaluate(fn, arg));

  const page = {
    said: tab.said,
    faults: tab.faults,

    /** Calls the function in the page, with one argument. What goes in and out is JSON: WebKit makes null of undefined. */
    evaluate,

    /** Waits until the function, called in the page, returns something; resolves to that. */
    waitFor: (fn, arg) => found(`${fn}`, () => evaluate(fn, arg)),

    /** Opens a path of the stage and waits until it is loaded. */
    goto: (path) => bounded(path, tab.goto(new URL(path, address).href)),

    /** Waits until the page at that path, with its query, is loaded, as after the click on a link. */
    reached: (path) => page.waitFor(isAt, path),

    /** Goes one step back in the history: to another address, or to another state of the same. */
    back: () => leave("page to go back to", tab.back),

    reload: () => leave("page loaded again", tab.reload),

    /**
     * Clicks the middle of an element as soon as it is shown, enabled, at rest, and covered by nothing; two or three `times`
     * for a double or triple click.
     */
    async click(selector, times = 1) {
      const { x, y } = await place(selector);
      await bounded(`click on ${selector}`, tab.click(x, y, times));
    },

    /** Clicks at a point of the viewport, in CSS pixels, whatever is there. */
    clickAt: (x, y) => bounded("click", tab.click(x, y, 1)),

    async hover(selector) {
      const { x, y } = await place(selector);
      await page.move(x, y);
    },

    /** Moves the pointer to a point of the viewport, in CSS pixels. */
    move: (x, y) => bounded("move", tab.move(x, y)),

    /** Clicks a field and types the text, key by key. A sign that no US keyboard has comes without its key in Chromium. */
    async type(selector, text) {
      await page.click(selector);
      await bounded(`typing into ${selector}`, tab.type(text));
    },

    /** Presses a key, by its name in `KeyboardEvent.key`. */
    press: (key) => bounded(`press of ${key}`, tab.press(key)),

    /** Chooses the option whose text begins so, by keys: the list that a click opens is no part of the page. */
    async choose(selector, text) {
      await place(selector);
      await evaluate((to) => document.querySelector(to).focus(), selector);
      await bounded(`choice of ${text}`, tab.type(text));
      await page.waitFor(isChosen, { selector, text });
    },

    /** Turns the wheel over the middle of the page by so many CSS pixels, down or (negative) up; waits until it rests. */
    async scroll(pixels) {
      const { x, y, top, goal } = await evaluate(scrollGoal, pixels);
      let [now, left] = [top, pixels];
      // However far it is turned, Firefox 140 scrolls by no more than the window's height.
      do {
        const before = now;
        await bounded("turn of the wheel", tab.wheel(x, y, left));
        await found("end of scrolling", async () => {
          const last = now;
          now = await evaluate(() => scrollY);
          return now === last && (now !== before || goal === before);
        });
        left = goal - now;
      } while (Math.abs(left) > 1);
    },

    /** The text of an element as it is shown. */
    async text(selector) {
      await place(selector);
      return evaluate((of) => document.querySelector(of).innerText, selector);
    },

    url: () => evaluate(() => location.href),

    /** Opens an empty tab of the same visitor. It has a window of its own, so that no tab hides another. */
    newTab: async () => handOn(await openTab(), { address, openTab }),

    /** Closes the tab; the browser goes on. */
    close: () => bounded("end of the tab", tab.close()),

    /** What Chromium alone can do to a tab, or to its browser: see engines/chromium.mjs. */
    ...tab.ordeals,
  };
  return page;

  /** Waits for something in a page that may be changing: while it does, it cannot answer. */
  async function found(what, read) {
    let cause;
    const patient = async () => {
      try {
        return await read();
      } catch (error) {
        cause = error;
      }
    };
    try {
      return await eventually(what, patient);
    } catch (error) {
      const where = await page.url().catch(() => "a page without an answer");
      throw new Error(`${error.message} at ${where}`, { cause });
    }
  }

  /** Waits until the element can be clicked, and has not moved between two looks; resolves to its middle. */
  function place(selector) {
    let last;
    return found(`${selector} that can be clicked`, async () => {
      const now = await evaluate(placeOf, selector);
      const rests = now && last && now.x === last.x && now.y === last.y;
      last = now;
      return rests && now;
    });
  }

  /**
   * Has the browser go elsewhere and waits until it is there. What the libraries call a finished navigation does not come
   * where a page is taken out of the back-forward cache, or where only its state changes.
   */
  async function leave(what, go) {
    const before = await page.waitFor(whereabouts);
    await bounded(what, go());
    await found(what, async () => {
      const now = await evaluate(whereabouts);
      return now && now !== before;
    });
  }
}

/* The functions from here on run in the page, so each stands alone. */

const isAt = (path) =>
  location.pathname + location.search === path &&
  document.readyState === "complete";

/** What tells one loaded entry of the history from another. */
const whereabouts = () =>
  document.readyState === "complete" &&
  JSON.stringify([performance.timeOrigin, location.href, history.state]);

const isChosen = ({ selector, text }) => {
  const [option] = document.querySelector(selector).selectedOptions;
  return option.text.trim().startsWith(text);
};

function scrollGoal(pixels) {
  const { scrollHeight } = document.documentElement;
  const end = Math.max(0, scrollHeight - innerHeight);
  return {
    x: Math.round(innerWidth / 2),
    y: Math.round(innerHeight / 2),
    top: scrollY,
    goal: Math.min(end, Math.max(0, scrollY + pixels)),
  };
}

/** The middle of an element that a click there would hit; scrolls to it where it is out of sight. */
function placeOf(selector) {
  const hosts = selector.split(">>>");
  const last = hosts.pop();
  let scope = document;
  for (const host of hosts) scope = scope?.querySelector(host)?.shadowRoot;
  for (const element of scope?.querySelectorAll(last) ?? []) {
    const box = [...element.getClientRects()].find(
      ({ width, height }) => width > 0 && height > 0,
    );
    if (!box) continue;
    if (element.matches(":disabled")) return null;
    const x = Math.round(box.x + box.width / 2);
    const y = Math.round(box.y + box.height / 2);
    let hit = document.elementFromPoint(x, y);
    for (let inner = hit; inner;) {
      hit = inner;
      inner = hit.shadowRoot?.elementFromPoint(x, y);
      if (inner === hit) break;
    }
    while (hit && hit !== element) hit = hit.parentNode ?? hit.host;
    if (hit) return { x, y };
    const block = "center";
    element.scrollIntoView({ block, inline: block, behavior: "instant" });
    return null;
  }
  return null;
}
