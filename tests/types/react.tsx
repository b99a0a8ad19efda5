import type { Spoor } from "spoor";
import { markup, SpoorProvider, Track, useSpoor } from "spoor/react";
import { init } from "spoor/url";

function Hearts() {
  const spoor: Spoor = useSpoor();
  spoor.track("size_guide_opened", { sku: "A1" });
  // @ts-expect-error a declared parameter is a text
  spoor.track("size_guide_opened", { sku: 1 });
  return (
    <>
      <Track event="add_to_wishlist" item={{ item_id: "A1", price: 19.9 }}>
        <button {...markup({ event: "share", params: { method: "x" } })} />
      </Track>
      <Track event="view_promotion" on="view" params={{ creative_slot: "top" }}>
        <p />
      </Track>
      <Track event="not_declared" params={{ level: 3, deep: true }} />
      <Track event="size_guide_opened" params={{ sku: "A1" }} />
      {/* @ts-expect-error a declared parameter is missing */}
      <Track event="size_guide_opened" />
      {/* @ts-expect-error a price is a number */}
      <Track event="add_to_cart" item={{ price: "19.90" }} />
      {/* @ts-expect-error a value is a number */}
      <Track event="add_to_cart" params={{ value: "19.90" }} />
      {/* @ts-expect-error what is no text fits into no attribute */}
      <Track event="not_declared" params={{ list: [1] }} />
      {/* @ts-expect-error seen or clicked */}
      <Track event="add_to_cart" on="hover" />
      {/* @ts-expect-error it has to tell something */}
      <Track />
    </>
  );
}

export const app = (
  <SpoorProvider config={{ collector: "/collect" }}>
    <Hearts />
  </SpoorProvider>
);
export const lent = <SpoorProvider tracker={init({ collector: "/collect" })} />;
// @ts-expect-error neither options nor a tracker
export const nothing = <SpoorProvider />;
// @ts-expect-error the collector is required
export const nowhere = <SpoorProvider config={{ site: "shop" }} />;
