// What js/outlets.js and js/queues.js share: constants alone, as in src/delivery.rs, so that each part may hold its own.
// @ts-check

/** A page that is left may have so many requests that outlive it in flight, and so many bytes. */
export const MAX_IN_FLIGHT = 9;
export const MAX_IN_FLIGHT_BYTES = 60_000;
/** Answers that mean never. */
export const REFUSED = /^(400|401|403|404|405|410|413|415|422)$/;
