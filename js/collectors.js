// The npm entry "spoor/collectors": each collector's dialect by name, `segment({ url, writeKey })`. A bundler takes along only what is imported.
// @ts-check
export { amplitude } from "./collectors/amplitude.js";
export { clickhouse } from "./collectors/clickhouse.js";
export { cloudevents } from "./collectors/cloudevents.js";
export { datalayer } from "./collectors/datalayer.js";
export { ga4 } from "./collectors/ga4.js";
export { goatcounter } from "./collectors/goatcounter.js";
export { gtag } from "./collectors/gtag.js";
export { jitsu } from "./collectors/jitsu.js";
export { json } from "./collectors/json.js";
export { matomo } from "./collectors/matomo.js";
export { mixpanel } from "./collectors/mixpanel.js";
export { ndjson } from "./collectors/ndjson.js";
export { otlp } from "./collectors/otlp.js";
export { pixel } from "./collectors/pixel.js";
export { plausible } from "./collectors/plausible.js";
export { posthog } from "./collectors/posthog.js";
export { rudderstack } from "./collectors/rudderstack.js";
export { segment } from "./collectors/segment.js";
export { snowplow } from "./collectors/snowplow.js";
export { umami } from "./collectors/umami.js";
export { webhook } from "./collectors/webhook.js";
