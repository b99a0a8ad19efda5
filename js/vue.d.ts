import type { ObjectDirective, Plugin } from "vue";
import type { Config, EventName, Markup, Spoor } from "./index.d.ts";

/** Returns the plugin: `createApp(App).use(createSpoor({ collector: "/collect" }))`. It takes options, as `init` does; then spoor starts with
 * the app and stops when that is unmounted. Or it takes a tracker that was started elsewhere, which it does not stop. */
export function createSpoor(given: Config | Promise<Spoor>): Plugin<[]>;

/** Returns the tracker, the same on each call. What it is told before spoor runs is kept, 500 calls at most, and then told in order; until
 * then its state is `"stopped"`. On a server, and in an app without the plugin, it does nothing. */
export function useSpoor(): Spoor;

/** Returns the `data-spoor` attributes of an element that tells an event when it is clicked: `<Button v-bind="markup(...)" />`. */
export function markup<Name extends EventName>(
  said: Markup<Name>,
): Record<`data-spoor${string}`, string>;

/** `v-track="{ event, item, params }"`: the element tells the event when it is clicked, by `data-spoor` markup on it; with `v-track.view`,
 * when half of it was in view for a second, once, and again when the value changes. */
export type TrackDirective = ObjectDirective<
  Element,
  Markup | null | undefined,
  "view"
>;

declare module "vue" {
  interface GlobalDirectives {
    vTrack: TrackDirective;
  }
  interface ComponentCustomProperties {
    /** The tracker. */
    $spoor: Spoor;
  }
}
