import type { Preset } from "../index.d.ts";

/** What is known of a shop system, for `init({ preset })`: see docs/presets.md. */
declare const preset: Preset;
export default preset;
