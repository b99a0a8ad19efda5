// posthog-js with clicks, heatmaps and recording, all in one bundle: what its cloud would switch on, the sink says (wire.mjs).
import posthog from "posthog-js/dist/module.full.no-external";

posthog.init("phc_bench", {
  api_host: `${location.origin}/sink/posthog`,
  autocapture: true,
  capture_heatmaps: true,
  capture_pageview: true,
  disable_surveys: true,
});
