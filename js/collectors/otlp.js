// OpenTelemetry's OTLP/HTTP, JSON-encoded log records with `eventName`, by /v1/logs. The protocol demands application/json: `url` under
// the shop's own origin needs no preflight, any other is asked first. Its only dedupe is the attribute `event.id`.
// <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>
//
// Against @opentelemetry/otlp-transformer, for the same record:
//   traceId                  the page view, which binds its events together
//   intValue                 a text, as the protobuf JSON mapping has 64-bit integers; theirs is a number
//   body, dropped...Count    not sent: empty, and zero
//   telemetry.sdk, service   spoor and the shop
// @ts-check
import { speaking } from "./common.js";

/** @param {any} map */
const attributes = (map) => ({
  $each: [
    map,
    {
      key: "$key",
      value: {
        $case: [
          { $type: "$it" },
          {
            integer: { intValue: { $string: "$it" } },
            number: { doubleValue: "$it" },
            boolean: { boolValue: "$it" },
            string: { stringValue: "$it" },
          },
          { stringValue: { $json: "$it" } },
        ],
      },
    },
  ],
});
const document = {
  name: "otlp",
  once: true,
  needs: ["url"],
  url: { $text: ["$option.url", "/v1/logs"] },
  type: "application/json",
  most: { bytes: 60_000, keys: 128 },
  event: {
    timeUnixNano: { $text: ["$time", "000000"] },
    observedTimeUnixNano: { $text: ["$sent_at", "000000"] },
    severityNumber: 9,
    severityText: "INFO",
    eventName: "$name",
    traceId: { $hex: ["$page.id", 32] },
    attributes: attributes({
      "...": ["$params", "$session.source"],
      "event.id": "$id",
      "session.id": "$session.id",
      "visitor.id": "$visitor",
      "user.id": "$user",
      "url.full": "$page.url",
      "url.path": "$page.path",
      "page.title": "$page.title",
      "page.referrer": "$page.referrer",
      "browser.language": "$page.language",
      consent: "$consent",
    }),
  },
  body: {
    resourceLogs: [
      {
        resource: {
          attributes: attributes({
            "service.name": { $or: ["$option.service", "$site"] },
            "telemetry.sdk.language": "webjs",
            "telemetry.sdk.name": "spoor",
          }),
        },
        scopeLogs: [{ scope: { name: "spoor" }, logRecords: "$events" }],
      },
    ],
  },
};
export default document;

export const otlp = speaking(document);
