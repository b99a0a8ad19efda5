// What each collector's own client library sends for the same event, caught on loopback.
import { once } from "node:events";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { createClient } from "@clickhouse/client";
import { CloudEvent, HTTP } from "cloudevents";
import { emptyRuntime, jitsuAnalytics } from "@jitsu/js";
import { Analytics } from "@segment/analytics-node";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import * as amplitude from "@amplitude/analytics-node";
import MatomoTracker from "matomo-tracker";
import mixpanel from "mixpanel";
import * as plausible from "@plausible-analytics/tracker";
import { Umami } from "@umami/node";
import { PostHog } from "posthog-node";
import { buildSelfDescribingEvent, trackerCore } from "@snowplow/tracker-core";
import { SeverityNumber } from "@opentelemetry/api-logs";
import { JsonLogsSerializer } from "@opentelemetry/otlp-transformer";
import {
  LoggerProvider,
  SimpleLogRecordProcessor,
  InMemoryLogRecordExporter,
} from "@opentelemetry/sdk-logs";

/** Opens a server that takes anything; resolves to `{ url, host, posts, close }`. */
async function openCatcher() {
  const posts = [];
  const server = createServer(async (incoming, answer) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isZipped = incoming.headers["content-encoding"] === "gzip";
    posts.push({ url: incoming.url, body: isZipped ? gunzipSync(body) : body });
    answer.writeHead(200, { "content-type": "application/json" });
    answer.end(JSON.stringify({ code: 200, status: 1, success: true }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://${host}`, host, posts, close };
}

/** Has a client send to a catcher; returns the bodies. */
async function caught(send) {
  const catcher = await openCatcher();
  try {
    await send(catcher);
    return catcher.posts;
  } finally {
    catcher.close();
  }
}
const bodiesOf = (posts) => posts.map(({ body }) => JSON.parse(body));

/** Does `work` while these stand among the globals. */
async function amid(globals, work) {
  const before = Object.keys(globals).map((name) => [
    name,
    Object.getOwnPropertyDescriptor(globalThis, name),
  ]);
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true });
  try {
    return await work();
  } finally {
    for (const [name, descriptor] of before) {
      delete globalThis[name];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    }
  }
}

/** By collector: what its client makes of `events`, ours in the collector's words; both as bodies with one event each. */
export const CLIENTS = {
  async segment(bodies) {
    const posts = await caught(async ({ url }) => {
      const client = new Analytics({
        writeKey: "wk",
        host: url,
        path: "/v1/batch",
        maxEventsInBatch: 1,
        disable: false,
      });
      for (const { batch } of bodies) {
        const { type, ...call } = batch[0];
        client[type](call);
        await client.flush?.();
      }
      await client.closeAndFlush();
    });
    return bodiesOf(posts);
  },

  async rudderstack(bodies) {
    const posts = await caught(async ({ url }) => {
      const client = new RudderAnalytics("wk", {
        dataPlaneUrl: url,
        flushAt: 1,
        logLevel: "error",
      });
      for (const { batch } of bodies) {
        const { type, channel: _, ...call } = batch[0];
        for (const key of ["timestamp", "originalTimestamp"])
          call[key] = new Date(call[key]);
        await new Promise((done) => client[type](call, done));
      }
      await client.flush();
    });
    return bodiesOf(posts);
  },

  /** It has what the page is from its runtime, and posts each event by itself, without a batch around it. */
  async jitsu(bodies) {
    const posts = await caught(async ({ url }) => {
      for (const { batch, writeKey } of bodies) {
        const { type, event, properties, context, ...ids } = batch[0];
        const { page, locale, screen, library: _, ...rest } = context;
        const client = jitsuAnalytics({
          host: url,
          writeKey: `${writeKey}:secret`,
          runtime: {
            ...emptyRuntime({}),
            language: () => locale,
            pageUrl: () => page.url,
            pageTitle: () => page.title,
            referrer: () => page.referrer,
            screen: () => screen,
          },
        });
        const options = {
          userId: ids.userId,
          anonymousId: ids.anonymousId,
          context: rest,
        };
        if (type === "page") await client.page(properties, options);
        else await client.track(event, properties, options);
      }
    });
    return bodiesOf(posts).map(({ sentAt, writeKey, ...event }) => ({
      sentAt,
      writeKey,
      batch: [event],
    }));
  },

  async posthog(bodies) {
    const posts = await caught(async ({ url }) => {
      const client = new PostHog("ak", {
        host: url,
        flushAt: 1,
        disableCompression: true,
      });
      for (const { batch } of bodies) {
        const {
          event,
          distinct_id: distinctId,
          uuid,
          timestamp,
          properties,
        } = batch[0];
        client.capture({
          event,
          distinctId,
          uuid,
          timestamp: new Date(timestamp),
          properties,
        });
        await client.flush();
      }
      await client.shutdown();
    });
    return bodiesOf(posts.filter(({ url }) => url.startsWith("/batch")));
  },

  async umami(bodies) {
    const posts = await caught(async ({ url }) => {
      const client = new Umami({ hostUrl: url, userAgent: "test" });
      for (const [{ payload }] of bodies) {
        const { website, ...facts } = payload;
        client.init({ websiteId: website });
        await client.track(facts);
      }
    });
    return bodiesOf(posts).map((body) => [body]);
  },

  /** Written for a browser: it gets as much of one as it asks for. */
  async plausible(bodies) {
    const [first] = bodies;
    const page = new URL(first.u);
    const nothing = () => {};
    const part = { addEventListener: nothing };
    const document = {
      ...part,
      referrer: first.r,
      visibilityState: "visible",
      hasFocus: () => true,
    };
    const browser = {
      location: page,
      document,
      window: { ...part, fetch, navigator: {}, innerHeight: 1, scrollY: 0 },
      ResizeObserver: class {
        observe() {}
      },
    };
    const posts = await caught(({ url: endpoint }) =>
      amid(browser, async () => {
        const own = { autoCapturePageviews: false, bindToWindow: false };
        plausible.init({ domain: first.d, endpoint, ...own });
        for (const { n, u: url, p: props, $: revenue, i } of bodies)
          await new Promise((callback) =>
            plausible.track(n, {
              url,
              props,
              revenue,
              interactive: i,
              callback,
            }),
          );
      }),
    );
    return bodiesOf(posts);
  },

  async matomo(bodies) {
    const posts = await caught(async ({ url }) => {
      const client = new MatomoTracker(1, `${url}/matomo.php`);
      for (const { requests } of bodies)
        await new Promise((done) =>
          client.trackBulk(
            requests.map(({ idsite: _, rec, ...query }) => query),
            done,
          ),
        );
    });
    return bodiesOf(posts).map(matomoRead);
  },

  async clickhouse(bodies) {
    const posts = await caught(async ({ url }) => {
      const client = createClient({ url });
      for (const { rows, settings } of bodies)
        await client.insert({
          table: "events",
          values: rows,
          format: "JSONEachRow",
          clickhouse_settings: settings,
        });
      await client.close();
    });
    return posts.map(({ url, body }) => clickhouseRead(`${body}`, { url }));
  },

  async cloudevents(bodies) {
    return bodies.map((events) =>
      events.map((event) =>
        JSON.parse(HTTP.structured(new CloudEvent(event)).body),
      ),
    );
  },

  async amplitude(bodies) {
    const posts = await caught(async ({ url }) => {
      const client = amplitude.createInstance();
      const options = {
        serverUrl: url,
        flushQueueSize: 1,
        minIdLength: 1,
        logLevel: 0,
      };
      await client.init("ak", options).promise;
      const sent = bodies.map(({ events }) => {
        const { event_type, event_properties, ...options } = events[0];
        return client.track(event_type, event_properties, options).promise;
      });
      await client.flush().promise;
      await Promise.all(sent);
    });
    // It makes batches of its own.
    return bodiesOf(posts)
      .flatMap((body) =>
        body.events.map((event) => ({ ...body, events: [event] })),
      )
      .sort((a, b) => a.events[0].time - b.events[0].time);
  },

  async mixpanel(bodies) {
    const posts = await caught(async ({ host }) => {
      const client = mixpanel.init("tk", {
        host,
        protocol: "http",
        geolocate: true,
      });
      for (const [{ event, properties }] of bodies)
        await new Promise((done) =>
          client.track_batch([{ event, properties }], done),
        );
    });
    return posts.map(({ url, body }) => {
      const data =
        new URLSearchParams(String(body)).get("data") ??
        new URL(url, "http://x").searchParams.get("data") ??
        String(body);
      return JSON.parse(data[0] === "[" ? data : Buffer.from(data, "base64"));
    });
  },

  async snowplow(bodies) {
    return bodies.map(({ data, schema }) => {
      const [ours] = data;
      const core = trackerCore({ base64: true });
      core.setTrackerVersion("spoor");
      core.setAppId(ours.aid);
      core.setPlatform("web");
      const facts = {
        lang: "lang",
        page: "page",
        refr: "refr",
        url: "url",
        vp: "vp",
        ds: "ds",
        duid: "duid",
        sid: "sid",
        vid: "vid",
        uid: "uid",
        eid: "eid",
        stm: "stm",
      };
      for (const key of Object.keys(facts)) core.addPayloadPair(key, ours[key]);
      const contexts = decoded(ours.cx).data;
      const payload = core.track(
        buildSelfDescribingEvent({ event: decoded(ours.ue_px).data }),
        contexts,
        { type: "dtm", value: +ours.dtm },
      );
      return { schema, data: [payload] };
    });
  },

  async otlp(bodies) {
    const made = [];
    for (const body of bodies) {
      const [{ resource, scopeLogs }] = body.resourceLogs;
      const [record] = scopeLogs[0].logRecords;
      const exporter = new InMemoryLogRecordExporter();
      const provider = new LoggerProvider({
        processors: [new SimpleLogRecordProcessor({ exporter })],
      });
      provider.getLogger("spoor").emit({
        eventName: record.eventName,
        severityNumber: SeverityNumber.INFO,
        severityText: "INFO",
        timestamp: split(record.timeUnixNano),
        observedTimestamp: split(record.observedTimeUnixNano),
        attributes: valuesOf(record.attributes),
      });
      await provider.forceFlush();
      const [read] = exporter.getFinishedLogRecords();
      const bytes = JsonLogsSerializer.serializeRequest([read]);
      made.push(JSON.parse(Buffer.from(bytes)));
    }
    return made;
  },
};

/** Reads Matomo's bulk: each of its requests as the parameters that it is. */
export const matomoRead = ({ requests, ...rest }) => ({
  ...rest,
  requests: requests.map((text) =>
    Object.fromEntries(new URLSearchParams(text.slice(1))),
  ),
});
/** Reads an insert: rows, what is asked, and the settings beside it. @param {string} body @param {{ url: string }} request */
export const clickhouseRead = (body, { url }) => {
  const { query, ...settings } = Object.fromEntries(
    new URL(url, "http://any").searchParams,
  );
  const lines = body.trimEnd().split("\n");
  return { query, settings, rows: lines.map((line) => JSON.parse(line)) };
};
/** @param {string} nanos */
const split = (nanos) => [+nanos.slice(0, -9), +nanos.slice(-9)];
const valuesOf = (attributes) =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      "intValue" in value ? +value.intValue : Object.values(value)[0],
    ]),
  );
/** @param {string} text base64url of JSON */
export const decoded = (text) => JSON.parse(Buffer.from(text, "base64url"));
