// Selectors, times and codes that the edge shares with its parts: nothing that changes, so that each part may hold its own.
// @ts-check

/** Fields in which people type: neither their value nor their text is ever read. */
export const TYPED =
  "input:not([type=hidden],[type=submit],[type=button],[type=image]),textarea,select,[contenteditable]";
/** Nothing in these is recorded. */
export const IGNORED = "[data-spoor-ignore]";
/** What promises that something happens. */
export const PROMISING =
  "a,button,[role=button],[role=link],[role=tab],[role=menuitem],[onclick]";
/** Milliseconds that what happened waits to be told; nobody sees them. Where the shop's own code listens, it does not wait. */
export const WAIT_MS = 900;
/** What is due this soon is done along with what is due. */
export const SLACK_MS = 100;

/** Returns the code of `Pointer` in src/heatmap.rs by an event's `pointerType`; what is none of these is a mouse. @param {string} type */
export const pointerOf = (type) => ["touch", "pen"].indexOf(type) + 1;
