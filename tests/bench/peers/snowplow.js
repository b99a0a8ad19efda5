// The Snowplow tracker with page views, page pings, and its plugins for clicks on buttons and links.
import {
  ButtonClickTrackingPlugin,
  enableButtonClickTracking,
} from "@snowplow/browser-plugin-button-click-tracking";
import {
  LinkClickTrackingPlugin,
  enableLinkClickTracking,
} from "@snowplow/browser-plugin-link-click-tracking";
import {
  enableActivityTracking,
  newTracker,
  trackPageView,
} from "@snowplow/browser-tracker";

newTracker("bench", location.origin, {
  appId: "bench",
  postPath: "/sink/snowplow",
  plugins: [ButtonClickTrackingPlugin(), LinkClickTrackingPlugin()],
});
enableActivityTracking({ minimumVisitLength: 5, heartbeatDelay: 10 });
enableLinkClickTracking();
enableButtonClickTracking();
trackPageView();
