"use client";
import { useEffect } from "react";
import { init } from "spoor";

export default function Page() {
  useEffect(() => {
    init({
      collector: "/collect",
      track: { add_to_cart: ".add-to-cart" },
      heatmap: true,
    });
  }, []);
  return <button className="add-to-cart">Add</button>;
}
