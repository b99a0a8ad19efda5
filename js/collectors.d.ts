import type { Collector, CollectorOptions } from "./index.d.ts";

/** Amplitude. */
export function amplitude(
  options: CollectorOptions & {
    /** `https://api2.amplitude.com`, or `https://api.eu.amplitude.com`. */ url: string;
    apiKey: string;
  },
): Collector;
/** ClickHouse, JSONEachRow. */
export function clickhouse(
  options: CollectorOptions & {
    /** The proxy that adds user and password. */ url: string;
    table: string;
    /** Of the query. */ settings?: Record<string, string | number>;
  },
): Collector;
/** CloudEvents, a batch. */
export function cloudevents(
  options: CollectorOptions & {
    url: string;
    /** Begins each event's type. Default `"spoor"`. */ type?: string;
  },
): Collector;
/** Google Tag Manager's `dataLayer`. */
export function datalayer(options: CollectorOptions): Collector;
/** GA4's Measurement Protocol, through a proxy. */
export function ga4(
  options: CollectorOptions & {
    /** The proxy, which adds `measurement_id` and `api_secret`. */ url: string;
  },
): Collector;
/** GoatCounter. */
export function goatcounter(
  options: CollectorOptions & { url: string },
): Collector;
/** GA4, by the page's gtag. */
export function gtag(
  options: CollectorOptions & { measurementId?: string },
): Collector;
/** Jitsu 2. */
export function jitsu(
  options: CollectorOptions & { url: string; writeKey?: string },
): Collector;
/** A list of events as JSON. */
export function json(options: CollectorOptions & { url: string }): Collector;
/** Matomo. */
export function matomo(
  options: CollectorOptions & {
    /** The folder of matomo.php. */ url: string;
    siteId: number | string;
    /** Event -> number of its goal. */ goals?: Record<string, number>;
  },
): Collector;
/** Mixpanel. */
export function mixpanel(
  options: CollectorOptions & {
    /** `https://api-js.mixpanel.com`, or `https://api-eu.mixpanel.com`. */ url: string;
    token: string;
  },
): Collector;
/** A line of JSON for each event. */
export function ndjson(options: CollectorOptions & { url: string }): Collector;
/** OpenTelemetry logs, OTLP/HTTP. */
export function otlp(
  options: CollectorOptions & {
    url: string;
    /** Default: the site. */ service?: string;
  },
): Collector;
/** Pixels of Meta's kind, by `dataLayer`. */
export function pixel(options: CollectorOptions): Collector;
/** Plausible. */
export function plausible(
  options: CollectorOptions & {
    url: string;
    /** Default: the page's host. */ domain?: string;
  },
): Collector;
/** PostHog. */
export function posthog(
  options: CollectorOptions & { url: string; apiKey: string },
): Collector;
/** RudderStack. */
export function rudderstack(
  options: CollectorOptions & {
    /** The data plane. */ url: string;
    writeKey: string;
  },
): Collector;
/** Segment. */
export function segment(
  options: CollectorOptions & {
    /** `https://api.segment.io`, or the workspace's region. */ url: string;
    writeKey: string;
  },
): Collector;
/** Snowplow. */
export function snowplow(
  options: CollectorOptions & {
    /** The collector's origin; the shop's own spares a preflight. */ url: string;
  },
): Collector;
/** Umami 2. */
export function umami(
  options: CollectorOptions & {
    url: string;
    /** UUID of the website. */ website: string;
  },
): Collector;
/** A request for each event. */
export function webhook(options: CollectorOptions & { url: string }): Collector;
