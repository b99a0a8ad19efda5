import type { Spoor } from "spoor";
import { define, SpoorTracker } from "spoor/element";

define("shop-tracker");
const tracker = document.createElement("spoor-tracker");
tracker.config = { track: { add_to_cart: ".add" } };
// @ts-expect-error no such option
tracker.config = { colector: "/collect" };
// @ts-expect-error it is the element's own
tracker.spoor = undefined;
export const spoor: Spoor = tracker.spoor;
export const same: SpoorTracker | null =
  document.querySelector("spoor-tracker");
