import type { Config, EventName, Markup, Spoor } from "./index.d.ts";

/** `<spoor-tracker collector="/collect" preset="shopify">`: starts spoor when it is put into the document and stops it when it is taken out.
 * Its attributes are `collector`, `site`, `preset` and `consent`; `heatmap` is on, as with the script tag. What is said once it has
 * started makes no difference. One that is moved goes on. */
export class SpoorTracker extends HTMLElement {
  /** Further options, which go before the attributes. */
  config: Partial<Config> | undefined;
  /** The tracker, the same at all times. What it is told before spoor runs is kept, 500 calls at most, and then told in order. */
  readonly spoor: Spoor;
}

/** Defines the element under a name, unless that is taken. The import has defined `spoor-tracker`. */
export function define(name?: string): void;

/** Returns the `data-spoor` attributes of an element that tells an event when it is clicked. */
export function markup<Name extends EventName>(
  said: Markup<Name>,
): Record<`data-spoor${string}`, string>;

declare global {
  interface HTMLElementTagNameMap {
    "spoor-tracker": SpoorTracker;
  }
}
