import type { ReactElement, ReactNode } from "react";
import type { Config, EventName, Markup, Spoor } from "./index.d.ts";

/** What is started, or used. The first that is given counts. */
export type SpoorProviderProps = { children?: ReactNode } & (
  | {
      /** Options, as `init` takes them. spoor starts when the provider is mounted, and stops when it is unmounted. */
      config: Config;
      tracker?: undefined;
    }
  | {
      /** A tracker that was started elsewhere, which the provider does not stop: `init(...)` of `spoor/url`. */
      tracker: Promise<Spoor>;
      config?: undefined;
    }
);

/** Has spoor run while it is mounted, once on a page. Strict mode starts it once. */
export function SpoorProvider(props: SpoorProviderProps): ReactElement;

/** Returns the tracker, the same on each call. What it is told before spoor runs is kept, 500 calls at most, and then told in order; until
 * then its state is `"stopped"`. On a server, and outside of a provider, it does nothing. */
export function useSpoor(): Spoor;

/** What `Track` tells, and when. */
export type TrackProps<Name extends EventName = EventName> = Markup<Name> & {
  /** `"click"`: a click on its child, told by `data-spoor` markup on it. `"view"`: half of its first child was in view for a second, once,
   * and again when event, item or parameters change. Default `"click"`. */
  on?: "click" | "view";
  children?: ReactNode;
};

/** Tells an event of its child. A single element of the page (`<button>`) gets the attributes; anything else, and what is viewed,
 * is put into a `<span>` with `display: contents`.
 *
 * @example
 * <Track event="add_to_wishlist" item={{ item_id: "A1", price: 19.9 }}>
 *   <button>Save</button>
 * </Track>
 */
export function Track<Name extends EventName>(
  props: TrackProps<Name>,
): ReactElement;

/** Returns the `data-spoor` attributes of an element that tells an event when it is clicked: `<Button {...markup({ event: "share" })} />`. */
export function markup<Name extends EventName>(
  said: Markup<Name>,
): Record<`data-spoor${string}`, string>;
