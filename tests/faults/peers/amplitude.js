// Amplitude as it comes, but for its remote config, which lies on a host of its own: events wait in localStorage.
import { init, track } from "@amplitude/analytics-browser";

init("faults", {
  serverUrl: `${location.origin}/collect/amplitude`,
  remoteConfig: { fetchRemoteConfig: false },
});
window.tell = (n) => track("step", { n });
