// What the page's own consent banner says: IAB TCF v2 and Google consent mode v2, read where the page has them.
// @ts-check

/**
 * Starts hearing what the page's banner says. Returns a function that tells where consent stands now: `granted`,
 * `cookieless`, `denied`, or `required` while nobody has answered.
 * @param {string | undefined} wanted the config's `consent`; where that is an answer, no banner is asked
 * @param {() => void} changed @param {(name: string) => Promise<any>} partOf loads a part by its name
 */
export function consents(wanted, changed, partOf) {
  /** @type {any} */
  const page = window;
  // What is no answer is a fault of the config, and told as one.
  if (wanted && wanted !== "required") return () => wanted;
  /** What TCF has said. */
  let framework = "required";
  if (page.__tcfapi)
    partOf("tcf").then(
      ({ hear }) =>
        hear(page, (/** @type {string} */ said) => {
          framework = said;
          changed();
        }),
      // The part is not there: nobody will have answered.
      () => {},
    );
  return () => {
    if (page.__tcfapi) return framework;
    const allowed = analyticsStorage(page);
    if (allowed === undefined) return wanted ?? "granted";
    // Google's own tags go on without cookies then; who requires consent wants nothing at all.
    const without = wanted === "required" ? "denied" : "cookieless";
    return allowed ? "granted" : without;
  };
}

/**
 * Returns whether Google consent mode allows storage for analytics; nothing where the page does not use it. The commands stand
 * in the dataLayer before Google's own script is there.
 * <https://developers.google.com/tag-platform/security/guides/consent>
 * @param {any} page
 */
function analyticsStorage(page) {
  const known = page.google_tag_data?.ics?.entries?.analytics_storage;
  let allowed = known?.update ?? known?.default;
  for (const entry of page.dataLayer ?? []) {
    const said = entry?.[0] === "consent" && entry[2]?.analytics_storage;
    if (said) allowed = said === "granted";
  }
  return allowed;
}
