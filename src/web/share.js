// The browser's own dialog, by which a page is shared.
// @ts-check
import { SHARED } from "./codes.js";

/** Tells when the browser's own dialog has shared the page: there is no event for it, so its call is wrapped. Returns the undo.
 * @param {Record<string, any>} edge see js/behaviour.js */
export function shares({ at, report }) {
  /** @type {any} */
  const browser = navigator;
  const { share } = browser;
  if (!share) return () => {};
  const wrapped = (/** @type {any[]} */ ...args) => {
    const shared = share.apply(browser, args);
    shared?.then(
      () => report(SHARED, at()),
      () => {},
    );
    return shared;
  };
  browser.share = wrapped;
  // Who has wrapped it since keeps calling ours.
  return () => browser.share === wrapped && delete browser.share;
}
