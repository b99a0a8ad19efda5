// posthog-js as it comes, but for what asks for more than events: no recording, no flags, nothing fetched beside it. Its own
// limit, 10 events a second, would drop nearly all of what is told here.
import posthog from "posthog-js";

posthog.init("phc_faults", {
  api_host: `${location.origin}/collect/posthog`,
  persistence: "localStorage",
  disable_session_recording: true,
  disable_surveys: true,
  disable_external_dependency_loading: true,
  advanced_disable_flags: true,
  rate_limiting: { events_per_second: 1000, events_burst_limit: 10_000 },
});
window.tell = (n) => posthog.capture("step", { n });
