// Microsoft Clarity: recording and heatmaps, as the tag starts it.
import { clarity } from "clarity-js";

clarity.start({
  projectId: "bench",
  upload: `${location.origin}/sink/clarity`,
  track: true,
  content: true,
});
