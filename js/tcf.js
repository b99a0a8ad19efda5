// What a banner by IAB TCF v2 says. A part of its own, loaded where the page has one.
// @ts-check

/** Purposes of TCF: store on the device, measure advertising, measure content. <https://iabeurope.eu/tcf-2-0/> */
const STORE = 1;
const MEASURE_ADS = 7;
const MEASURE_CONTENT = 8;

/**
 * Tells each answer of the visitor: `granted`, `cookieless` or `denied`.
 * @param {any} page the window @param {(answer: string) => void} tell
 */
export function hear(page, tell) {
  page.__tcfapi(
    "addEventListener",
    2,
    (/** @type {any} */ data, /** @type {boolean} */ works) => {
      if (!works) return;
      if (data.gdprApplies === false) tell("granted");
      else if (/tcloaded|useractioncomplete/.test(data.eventStatus)) {
        const { consents, legitimateInterests } = data.purpose;
        const measured = [MEASURE_ADS, MEASURE_CONTENT].some(
          (purpose) => consents[purpose] || legitimateInterests?.[purpose],
        );
        const stored = consents[STORE] ? "granted" : "cookieless";
        tell(measured ? stored : "denied");
      }
    },
  );
}
