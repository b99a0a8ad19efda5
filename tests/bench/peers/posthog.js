// posthog-js as a shop uses it for clicks and heatmaps: no recording, nothing fetched beside it.
import posthog from "posthog-js";

posthog.init("phc_bench", {
  api_host: `${location.origin}/sink/posthog`,
  autocapture: true,
  capture_heatmaps: true,
  capture_pageview: true,
  disable_session_recording: true,
  disable_surveys: true,
  disable_external_dependency_loading: true,
  advanced_disable_flags: true,
});
