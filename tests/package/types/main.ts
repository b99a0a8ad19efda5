import { init, type Preset, type Spoor } from "spoor";
import { init as streamed } from "spoor/url";
import { segment } from "spoor/collectors";
import { unpack, type Point } from "spoor/heatmap";
import shopify from "spoor/presets/shopify";

const mine: Preset = { ...shopify, name: "mine", heatmap: true };

export const spoor: Spoor = await init({
  collector: ["/collect", segment({ url: "/segment", writeKey: "..." })],
  preset: mine,
});
export const other: Promise<Spoor> = streamed({
  collector: "/collect",
  preset: "shopify",
});
export const points = (data: string): Point[] => unpack(data).points;

// @ts-expect-error a config names its collector
void init({});
