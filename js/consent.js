// What the page's own consent banner says: IAB TCF v2 and Google consent mode v2, read where the page has them.
// @ts-check

/** Purposes of TCF: store on the device, measure advertising, measure content. <https://iabeurope.eu/tcf-2-0/> */
const STORE = 1;
const MEASURE_ADS = 7;
const MEASURE_CONTENT = 8;
/** What TCF has said. @type {string | undefined} */
let framework;

/**
 * Starts hearing what the page's banner says. Returns a function that tells where consent stands now: `granted`,
 * `cookieless`, `denied`, or `required` while nobody has answered.
 * @param {string | undefined} wanted the config's `consent`; where it is granted or denied, no banner is asked
 * @param {() => void} changed
 */
export function consents(wanted, changed) {
  /** @type {any} */
  const page = window;
  if (wanted === "granted" || wanted === "denied" || wanted === "cookieless")
    return () => wanted;
  page.__tcfapi?.(
    "addEventListener",
    2,
    (/** @type {any} */ data, /** @type {boolean} */ works) => {
      if (!works) return;
      if (data.gdprApplies === false) framework = "granted";
      else if (/tcloaded|useractioncomplete/.test(data.eventStatus)) {
        const { consents, legitimateInterests } = data.purpose;
        const measured = [MEASURE_ADS, MEASURE_CONTENT].some(
          (purpose) => consents[purpose] || legitimateInterests?.[purpose],
        );
        const stored = consents[STORE] ? "granted" : "cookieless";
        framework = measured ? stored : "denied";
      }
      changed();
    },
  );
  return () => {
    if (page.__tcfapi) return framework ?? "required";
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
