// The Snowplow tracker as it comes: events wait in localStorage, and are posted one after another.
import {
  newTracker,
  trackPageView,
  trackSelfDescribingEvent,
} from "@snowplow/browser-tracker";

newTracker("faults", location.origin, {
  appId: "faults",
  postPath: "/collect/snowplow",
});
trackPageView();
window.tell = (n) =>
  trackSelfDescribingEvent({
    event: { schema: "iglu:shop.example/step/jsonschema/1-0-0", data: { n } },
  });
