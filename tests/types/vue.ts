import type { Spoor } from "spoor";
import { init } from "spoor/url";
import { createSpoor, markup, useSpoor, type TrackDirective } from "spoor/vue";
import { createApp, type ComponentPublicInstance, type VNode } from "vue";

createApp({}).use(createSpoor({ collector: "/collect" }));
createApp({}).use(createSpoor(init({ collector: "/collect" })));
// @ts-expect-error the collector is required
createSpoor({});

const spoor: Spoor = useSpoor();
spoor.track("size_guide_opened", { sku: "A1" });
// @ts-expect-error a declared parameter is missing
spoor.track("size_guide_opened");

export const attributes: Record<string, string> = markup({
  event: "add_to_cart",
  item: { item_id: "A1" },
});
// @ts-expect-error an item's number is a text
markup({ event: "add_to_cart", item: { item_id: 1 } });

export const mine = (instance: ComponentPublicInstance): Spoor =>
  instance.$spoor;

type Value = NonNullable<
  Parameters<NonNullable<TrackDirective["mounted"]>>[1]
>["value"];
export const value: Value = { event: "share", params: { method: "x" } };
// @ts-expect-error it has to tell something
export const empty: Value = { params: { method: "x" } };
export type Nodes = VNode[];
