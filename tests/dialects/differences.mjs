// Where what spoor sends is not what the collector's own client sends, and why: "+" is in ours alone, "-" in theirs alone, "~" has another
// value. What is not told here fails tests/dialects/clients.test.mjs.

const OWN = "names the library that made it";
const CLOCK = "the moment of sending";
const INTEGER =
  "64-bit integers are texts by the protobuf JSON mapping; their exporter writes a number";
const LOG = "resourceLogs.0.scopeLogs.0.logRecords.0";
const RESOURCE = "resourceLogs.0.resource";

/** By collector, reasons by path. @type {Record<string, Record<string, string>>} */
export const DIFFERENCES = {
  segment: {
    "-batch.0._metadata.jsRuntime": "of Node",
    "-batch.0._metadata.nodeVersion": "of Node",
    "-batch.0.integrations": "empty: which destinations are left out",
    "-batch.0.properties":
      "empty where an event has none; Segment takes it without",
    "-batch.0.context.library.version": OWN,
    "~batch.0.context.library.name": OWN,
    "~sentAt": CLOCK,
  },
  rudderstack: {
    "-batch.0._metadata.nodeVersion": "of Node",
    "-batch.0.context.library.version": OWN,
    "~batch.0.context.library.name": OWN,
    "~batch.0.channel": "web, where theirs is a server",
    "-batch.0.sentAt": "said once, beside the batch",
    "-timestamp": "the batch's own, beside sentAt; each event has one",
    "~sentAt": CLOCK,
  },
  jitsu: {
    "+batch.0.name": "the page's title; their call for a page has no name",
    "-batch.0.properties":
      "empty where an event has none; Jitsu takes it without",
    "-batch.0.context.clientIds": "empty: cookies of other trackers",
    "-batch.0.context.traits": "empty: what is known of the visitor",
    "-batch.0.context.page.host": "stands in page.url",
    "-batch.0.context.page.search": "the query, which is not told",
    "-batch.0.context.page.referring_domain": "stands in page.referrer",
    "-batch.0.context.library.env": OWN,
    "-batch.0.context.library.version": OWN,
    "~batch.0.context.library.name": OWN,
    "~batch.0.messageId": "theirs is random; ours the event's own id",
    "~batch.0.timestamp": "when theirs was called; ours when it happened",
    "~sentAt": CLOCK,
    "~writeKey":
      "theirs goes in a header, and here with its secret masked; a batch is known by the key in it",
  },
  umami: {},
  plausible: {
    "-v": "the version of their script",
  },
  matomo: {
    "+send_image": "asks for no picture in the answer",
  },
  clickhouse: {
    "-settings.query_id": "a name for the request, new for each",
  },
  cloudevents: {},
  posthog: {
    "-batch.0.properties.$geoip_disable":
      "of a server: the visitor's address is the request's own",
    "-batch.0.properties.$is_server": "of a server",
    "-batch.0.properties.$lib_version": OWN,
    "~batch.0.properties.$lib": OWN,
    "~sent_at": CLOCK,
  },
  amplitude: {
    "-events.0.event_id":
      "counts the client's events; insert_id is what repeats are dropped by",
    "-request_metadata.sdk.metrics.histogram":
      "the client's measures of itself",
    "~client_upload_time": CLOCK,
    "~events.0.library": OWN,
  },
  mixpanel: {},
  snowplow: {},
  otlp: {
    [`+${LOG}.traceId`]:
      "the page view, which binds its events together; no span is open",
    [`-${LOG}.body`]: "empty: an event is its name and attributes",
    [`-${LOG}.droppedAttributesCount`]:
      "zero, which is what a field that is left out means",
    [`-${RESOURCE}.droppedAttributesCount`]: "likewise",
    [`-${RESOURCE}.attributes.telemetry.sdk.version.stringValue`]: OWN,
    [`~${RESOURCE}.attributes.telemetry.sdk.name.stringValue`]: OWN,
    [`~${RESOURCE}.attributes.telemetry.sdk.language.stringValue`]:
      "the exporter runs in Node",
    [`~${RESOURCE}.attributes.service.name.stringValue`]:
      "the shop, where the exporter has an unknown service",
    ...Object.fromEntries(
      "engagement_time_msec percent_scrolled seconds_since_step step_index steps_skipped value video_current_time video_duration video_percent"
        .split(" ")
        .map((name) => [`~${LOG}.attributes.${name}.intValue`, INTEGER]),
    ),
  },
};
