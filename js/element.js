// The npm entry "spoor/element": the custom element <spoor-tracker>, for pages without a framework, or with any other.
// @ts-check
import { holder } from "./hold.js";

export { markup } from "./markup.js";

/** The script tag's attributes. */
const ATTRIBUTES = ["collector", "site", "preset", "consent"];
const CONFIG = "config";

/** Where there is no document, the import does nothing. */
const Base = /** @type {typeof HTMLElement} */ (
  globalThis.HTMLElement ?? class {}
);

/** Starts spoor where it is put into the document, stops it where it is taken out. */
export class SpoorTracker extends Base {
  /** @type {any} */
  #config;
  #held = holder(() => this.#said());
  /** @type {(() => void) | undefined} */
  #letGo;
  #started = false;

  static observedAttributes = ATTRIBUTES;

  get spoor() {
    return this.#held.spoor;
  }

  get config() {
    return this.#config;
  }

  set config(config) {
    this.#config = config;
    this.#soon();
  }

  connectedCallback() {
    // It may have been set before this class was there.
    if (Object.hasOwn(this, CONFIG)) {
      const { config } = this;
      Reflect.deleteProperty(this, CONFIG);
      this.config = config;
    }
    // One that is moved goes on, before anybody has stopped it.
    if (this.#started) this.#start();
    else this.#soon();
  }

  attributeChangedCallback() {
    this.#soon();
  }

  disconnectedCallback() {
    this.#letGo?.();
    this.#letGo = undefined;
  }

  #said() {
    const said = ATTRIBUTES.filter((name) => this.hasAttribute(name));
    return {
      heatmap: true,
      ...Object.fromEntries(
        said.map((name) => [name, this.getAttribute(name)]),
      ),
      ...this.#config,
    };
  }

  /** Starts once whoever makes the element has said all: what is said later makes no difference. */
  #soon() {
    queueMicrotask(() => this.#start());
  }

  #start() {
    if (this.#letGo || !this.isConnected || !this.#said().collector) return;
    this.#started = true;
    this.#letGo = this.#held.hold();
  }
}

/** Defines the element under a name, unless that is taken. */
export function define(name = "spoor-tracker") {
  const { customElements } = globalThis;
  if (customElements && !customElements.get(name))
    customElements.define(name, class extends SpoorTracker {});
}

define();
