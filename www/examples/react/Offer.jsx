import { Track } from "spoor/react";

const offer = {
  promotion_id: "winter-brandon",
  promotion_name: "Winter tents",
};

/** Told when it was seen, and when it is clicked. */
export const Offer = () => (
  <Track event="view_promotion" on="view" params={offer}>
    <aside>
      Tents for the winter.{" "}
      <Track event="select_promotion" params={offer}>
        <a href="#tents">See them</a>
      </Track>
    </aside>
  </Track>
);
