// One visit to the shop by real input: pointer, wheel and keys, as Chromium gets them from devices.
import { setTimeout as sleep } from "node:timers/promises";

/** What the visitor does in each round, of which a visit has as many as follow. */
const ROUND = { moves: 100, clicks: 11, ticks: 10, keys: 3 };
const ROUNDS = 20;
/** What the visitor does in all. */
export const VISIT = Object.fromEntries(
  Object.entries(ROUND).map(([input, count]) => [input, count * ROUNDS]),
);
export const INPUTS = Object.values(VISIT).reduce((all, n) => all + n, 0);

/** A mouse reports 125 times a second. */
const MOVE_MS = 8;
/** Between two ticks of a wheel that is turned fast. */
const TICK_MS = 20;
/** By then the page has stopped scrolling. */
const SCROLLED_MS = 300;
const TICK_PX = 100;
/** Rounds before the visitor scrolls the other way. */
const ONE_WAY = 5;

const KINDS = {
  add: ".add-to-cart",
  save: "[data-wishlist]",
  link: ".product-card a",
  text: ".about",
  search: "[name=q]",
};
/** The clicks of a round, in order; the keys then go where the last one leaves them. */
const CLICKED = "add save add text add save link add save add search".split(
  " ",
);
/** What the page must have counted, if every click has met its target. */
export const ADDED = CLICKED.filter((kind) => kind === "add").length * ROUNDS;

/** Resolves once everything is done and handled. */
export async function visit(page, cdp) {
  let at = { x: 640, y: 400 };
  const mouse = (type, more) =>
    cdp.send("Input.dispatchMouseEvent", { type, ...at, ...more });
  const glide = async (to, moves) => {
    const { x, y } = at;
    const handled = [];
    for (let n = 1; n <= moves; n++) {
      const part = n / moves;
      at = { x: x + (to.x - x) * part, y: y + (to.y - y) * part };
      handled.push(mouse("mouseMoved"));
      await sleep(MOVE_MS);
    }
    await Promise.all(handled);
  };
  const click = async () => {
    await mouse("mousePressed", { button: "left", clickCount: 1 });
    await mouse("mouseReleased", { button: "left", clickCount: 1 });
  };
  const scroll = async (deltaY) => {
    const handled = [];
    for (let n = 0; n < ROUND.ticks; n++) {
      handled.push(mouse("mouseWheel", { deltaX: 0, deltaY }));
      await sleep(TICK_MS);
    }
    await Promise.all(handled);
    await sleep(SCROLLED_MS);
  };

  const moves = Math.floor(ROUND.moves / CLICKED.length);
  const restOfMoves = ROUND.moves - moves * CLICKED.length;
  for (let round = 0; round < ROUNDS; round++) {
    const spots = await page.evaluate(inView, KINDS);
    for (const [n, kind] of CLICKED.entries()) {
      const those = spots[kind];
      await glide(those[(round + n) % those.length], moves);
      await click();
    }
    for (let n = 0; n < ROUND.keys; n++) await type(cdp, "abc"[n]);
    await glide({ x: at.x, y: 400 }, restOfMoves);
    await scroll(Math.floor(round / ONE_WAY) % 2 ? -TICK_PX : TICK_PX);
  }
}

/** Returns the centres of what can be clicked, by kind; runs in the page. */
function inView(kinds) {
  const header = document.querySelector("header");
  const { bottom: top } = header.getBoundingClientRect();
  const centre = ({ x, y, width, height }) => ({
    x: x + width / 2,
    y: y + height / 2,
  });
  const spots = (selector) =>
    Array.from(document.querySelectorAll(selector))
      .map((el) => [el, el.getBoundingClientRect()])
      .filter(([el, rect]) => rect.top >= top || header.contains(el))
      .filter(([, rect]) => rect.bottom <= innerHeight)
      .map(([, rect]) => centre(rect));
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, selector]) => [kind, spots(selector)]),
  );
}

async function type(cdp, letter) {
  const key = {
    key: letter,
    code: `Key${letter.toUpperCase()}`,
    windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0),
  };
  const send = (type, more) =>
    cdp.send("Input.dispatchKeyEvent", { type, ...key, ...more });
  await send("keyDown", { text: letter });
  await send("keyUp");
}
