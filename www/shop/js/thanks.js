// @ts-check
// The thank-you page: shows the order and reports the purchase, once.

import "./shell.js";
import { report } from "./conversions.js";
import { deliveries, firstReport, placed } from "./order.js";
import { showSummary } from "./summary.js";

const order = placed();

function show() {
  const put = (name, text) => {
    document.querySelector(`[data-${name}]`).textContent = text;
  };
  put("number", order.number);
  put("name", order.name);
  put("email", order.email);
  put("way", deliveries[order.delivery].name);
  showSummary(order.lines, order.deliveryCents);
}

if (order) {
  show();
  if (firstReport()) {
    report("purchase", order.lines, {
      transaction_id: order.number,
      shipping: order.deliveryCents / 100,
    });
  }
} else {
  location.replace("index.html");
}
