// The hot edge: what runs on each click, scroll and media report, told to the core as numbers.
// JavaScript and not web-sys, because one crossing per event costs less than one per fact.
// @ts-check

/**
 * Whoever is told; js/guard.js makes it, none of its calls throws.
 * @type {Record<string, any>}
 */
let sink;

/** Names who is told. @param {Record<string, any>} guarded */
export function connect(guarded) {
  sink = guarded;
}

/** Fields in which people type: neither their value nor their text is ever read. */
const TYPED =
  "input:not([type=hidden],[type=submit],[type=button],[type=image]),textarea,select,[contenteditable]";
/** Attributes by which teams name elements for good, most telling first. */
const NAMES = ["data-testid", "data-test", "data-sku", "data-product-id"];
/** Parameters of an address that say which campaign brought the visit; no others are read. */
const CAMPAIGN =
  "utm_source utm_medium utm_campaign utm_term utm_content utm_id gclid gbraid wbraid fbclid msclkid ttclid dclid";
/** Elements described above the one that was clicked: selectors longer than that break first. */
const MAX_STEPS = 8;
/** Characters read of one text; the core keeps fewer. */
const MAX_TEXT = 1000;

/**
 * Returns the nearest of `el` and its ancestors that `selector` names, through shadow roots.
 * @param {any} el @param {string} selector @returns {Element | undefined}
 */
export function up(el, selector) {
  for (; el; el = el.getRootNode().host) {
    const hit = el.closest(selector);
    if (hit) return hit;
  }
}

/** @param {string} selector */
export function isSelector(selector) {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads a text near `el`: an attribute of the nearest ancestor that has it, or the text or attribute of what `selector`
 * finds in the nearest ancestor that holds one; nothing where neither is named.
 * @param {any} el @param {string} selector @param {string} attribute @returns {string | undefined}
 */
function read(el, selector, attribute) {
  /** @type {any} */
  let found;
  if (attribute && !selector) found = up(el, `[${attribute}]`);
  for (; selector && el && !found; el = el.parentNode ?? el.host) {
    found = el.matches?.(selector) ? el : el.querySelector(selector);
  }
  if (!found) return;
  if (attribute) {
    const typed = attribute === "value" && found.matches(TYPED);
    return typed
      ? undefined
      : found.getAttribute(attribute)?.slice(0, MAX_TEXT);
  }
  if (found.closest(TYPED) || found.querySelector(TYPED)) return;
  return found.textContent.slice(0, MAX_TEXT);
}

/** Takes the separator out of a text. @param {unknown} text */
export const plain = (text) => String(text ?? "").replace(/\x1f/g, " ");

/** Joins texts for the core, their white space folded. @param {any[]} texts */
const join = (texts) =>
  texts.map((text) => plain(text).replace(/\s+/g, " ").trim()).join("\x1f");

/** Returns the event that marked-up `el` names, then name and value of its `data-spoor-*` attributes. @param {Element} el */
function marks(el) {
  const prefix = "data-spoor";
  const out = [el.getAttribute(prefix)];
  for (const { name, value } of el.attributes) {
    if (name.startsWith(`${prefix}-`))
      out.push(name.slice(prefix.length + 1), value.slice(0, MAX_TEXT));
  }
  return join(out);
}

/** Returns the facts of the page in the order of `PageFacts`. */
export function page() {
  const { lang, scrollWidth, scrollHeight } = document.documentElement;
  const { title, referrer } = document;
  const query = new URLSearchParams(location.search);
  return join([
    ...[location.href, title, referrer, lang || navigator.language],
    ...[innerWidth, innerHeight, scrollWidth, scrollHeight],
    ...CAMPAIGN.split(" ").flatMap((name) =>
      query.has(name) ? [name, query.get(name)] : [],
    ),
  ]);
}

/** Returns the time of an event's `timeStamp` in ms since 1970, by a clock that does not jump. */
export const at = (timeStamp = performance.now()) =>
  performance.timeOrigin + timeStamp;

/** Where the visit is kept between pages. */
const KEY = "spoor";

/** Returns the saved text. Where storage is blocked, nothing outlives the page. */
export function load() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** Saves a text, unless storage is blocked or full. @param {string} text */
export function save(text) {
  try {
    localStorage.setItem(KEY, text);
  } catch {}
}

/** Returns whole CSS pixels; 0 for what lies outside. @param {number} px */
const pixels = (px) => Math.max(0, Math.round(px));

/** Descriptions of elements that were clicked before: most clicks fall on few elements. */
const described = new WeakMap();

/** Returns the `nth-of-type` number of `el`, nothing where it is the only one. @param {Element} el */
function nthOfType(el) {
  let [nth, more] = [1, false];
  /** @type {Element | null} */
  let sibling = el;
  while ((sibling = sibling.previousElementSibling)) {
    if (sibling.localName === el.localName) nth++;
  }
  sibling = el;
  while (nth === 1 && !more && (sibling = sibling.nextElementSibling)) {
    more = sibling.localName === el.localName;
  }
  return nth > 1 || more ? nth : "";
}

/** Describes `target` and its ancestors for `selector::build` in src/selector.rs. @param {any} target */
function describe(target) {
  if (described.has(target)) return described.get(target);
  const steps = [];
  let el = target;
  while (el && el !== document.documentElement && steps.length < MAX_STEPS) {
    const name = NAMES.find((name) => el.hasAttribute(name));
    const data = name && `${name}=${el.getAttribute(name)}`;
    steps.push(
      join([
        el.localName,
        el.id,
        el.getAttribute("class"),
        data,
        nthOfType(el),
      ]),
    );
    const { host } = el.parentElement ? el : el.getRootNode();
    if (!el.parentElement && host) steps.push("^");
    el = el.parentElement ?? host;
  }
  const description = steps.join("\x1e");
  described.set(target, description);
  return description;
}

/**
 * Hooks the document: one capturing, passive listener per type of event. `sink.unhook()` takes all of it back.
 * @param {string} plan see `plan` in src/web/mod.rs @param {string} video selector of the videos, empty for none
 * @param {boolean} scroll @param {boolean} heat
 */
export function listen(plan, video, scroll, heat) {
  const stop = new AbortController();
  const { signal } = stop;
  /** @type {(type: string, listener: (event: any) => void, target?: EventTarget) => void} */
  const on = (type, listener, target = document) =>
    target.addEventListener(type, listener, {
      capture: true,
      passive: true,
      signal,
    });

  const rules = plan
    .split("\x1e")
    .slice(0, -1)
    .map((rule) => rule.split("\x1f"));
  /** @param {number} index @param {Element | undefined} hit @param {number} time */
  const act = (index, hit, time) => {
    if (!hit) return;
    const [, , ...fields] = rules[index];
    const texts = fields.flatMap((selector, i) =>
      i % 2 ? [] : [read(hit, selector, fields[i + 1])],
    );
    sink.acted(index, join(texts), time);
  };
  const clickable = [
    ...rules.filter(([kind]) => kind === "c").map((rule) => rule[1]),
    "[data-spoor]",
  ].join();
  /** @param {any} event @param {any} el @param {Map<string, Element>} [hits] what selectors found then, of a kept click */
  const click = (event, el = event.composedPath()[0], hits) => {
    if (!el?.closest) return;
    const time = at(event.timeStamp);
    if (hits || up(el, clickable)) {
      rules.forEach(([kind, selector], index) => {
        if (kind === "c")
          act(index, hits ? hits.get(selector) : up(el, selector), time);
      });
      const marked = up(el, "[data-spoor]");
      if (marked) sink.marked(marks(marked), time);
    }
    if (heat) {
      const { left, top, width, height } = el.getBoundingClientRect();
      // A key that activates has no place: its point is the element's centre.
      const keyed = !event.detail && !event.clientX && !event.clientY;
      const x = keyed ? width / 2 : event.clientX - left;
      const y = keyed ? height / 2 : event.clientY - top;
      sink.pressed(
        describe(el),
        ...[left + scrollX, top + scrollY, width, height, x, y].map(pixels),
        time,
      );
    }
  };
  const submit = (/** @type {any} */ event, form = event.target) =>
    rules.forEach(([kind, selector], index) => {
      if (kind === "f" && form.matches(selector))
        act(index, form, at(event.timeStamp));
    });
  on("click", click);
  on("submit", submit);
  for (const [event, el, hits] of sink.early ?? [])
    (event.type === "click" ? click : submit)(event, el, hits);

  if (video) {
    const numbers = new WeakMap();
    let next = 0;
    ["play", "timeupdate", "seeking", "ended"].forEach((type, code) =>
      on(type, ({ target }) => {
        if (!target.matches?.(video) || (code === 1 && target.paused)) return;
        const isNew = !numbers.has(target);
        if (isNew) numbers.set(target, next++);
        const { currentTime, duration, title, currentSrc } = target;
        const facts = isNew
          ? join([title || target.getAttribute("aria-label"), currentSrc])
          : "";
        sink.media(
          code,
          numbers.get(target),
          currentTime,
          duration,
          facts,
          at(),
        );
      }),
    );
  }
  if (scroll) {
    let frame = 0;
    on("scroll", ({ target }) => {
      if (target !== document) return;
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        sink.scrolled(
          ((scrollY + innerHeight) / document.documentElement.scrollHeight) *
            100,
          at(),
        );
      });
    });
  }
  on(
    "visibilitychange",
    () => document.visibilityState === "hidden" && sink.hidden(at()),
  );
  on("pagehide", () => sink.hidden(at()), window);
  on(
    "pageshow",
    (event) => event.persisted && sink.turned(2, page(), at()),
    window,
  );
  const unpatch = navigations(on, (code) => sink.turned(code, page(), at()));
  sink.unhook = () => {
    clearTimeout(sink.timer);
    stop.abort();
    unpatch();
  };
}

/**
 * Tells of each change of address without a load, 1 where it was merely replaced, else 0; returns the undo. The Navigation
 * API tells by itself; only where it is missing (before Safari 26.2 and Firefox 147) are two methods of `history` wrapped.
 * @param {any} on @param {(code: number) => void} tell
 */
function navigations(on, tell) {
  /** @type {any} */
  const { navigation, history } = window;
  if (navigation) {
    const isMove = /push|traverse/;
    on(
      "currententrychange",
      (/** @type {any} */ event) =>
        tell(isMove.test(event.navigationType) ? 0 : 1),
      navigation,
    );
    return () => {};
  }
  on("popstate", () => tell(0), window);
  const undo = ["pushState", "replaceState"].map((name, code) => {
    const original = history[name];
    /** @this {any} @param {any[]} args */
    const wrapped = function (...args) {
      const result = original.apply(this, args);
      tell(code);
      return result;
    };
    history[name] = wrapped;
    return () => history[name] === wrapped && (history[name] = original);
  });
  return () => undo.forEach((undo) => undo());
}

/**
 * Wakes the sink in `ms`, instead of when it was to be woken before.
 * @param {number} ms
 */
export function wake(ms) {
  clearTimeout(sink.timer);
  sink.timer = setTimeout(() => sink.woke(at()), ms);
}

/**
 * Hands `body` to the browser, which sends it though the page goes away; `false` where 64 KiB are on their way already.
 * @param {string} url @param {string} body
 */
export const beacon = (url, body) => navigator.sendBeacon(url, body);

/**
 * Posts `body` as text, which needs no preflight, and tells the sink the status (0 for no answer) and `Retry-After`. What
 * was not taken is said once in the console.
 * @param {number} id @param {string} url @param {string} body
 */
export function post(id, url, body) {
  const settle = (status = 0, retryAfter = "") => {
    if ((status < 200 || status > 299) && !sink.warned) {
      sink.warned = true;
      console.warn(
        `spoor: ${url} ${status ? `answered ${status}` : "does not answer"}; see status()`,
      );
    }
    sink.settled(id, status, retryAfter, at());
  };
  // Browsers refuse keepalive over 64 KiB; a character takes up to three bytes.
  fetch(url, { method: "POST", body, keepalive: body.length < 20000 }).then(
    ({ status, headers }) => settle(status, headers.get("retry-after") ?? ""),
    () => settle(),
  );
}

/** Tells the shop's own code. @param {string} name @param {string} params as JSON */
export const tell = (name, params) => sink.tell(name, params);

/** Hands over what a call has to say, for the caller to pick up. @param {string} text */
export const answer = (text) => (sink.answer = text);
