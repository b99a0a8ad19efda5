// rrweb's recorder with its defaults. It leaves the sending to who uses it: here what there is goes every five seconds, and as the
// page is left.
import { record } from "rrweb";

const EVERY_MS = 5000;
const url = `${location.origin}/sink/rrweb`;
let events = [];

function send(post) {
  if (events.length) post(JSON.stringify(events.splice(0)));
}

record({ emit: (event) => events.push(event) });
setInterval(
  () => send((body) => fetch(url, { method: "POST", body })),
  EVERY_MS,
);
addEventListener("pagehide", () =>
  send((body) => navigator.sendBeacon(url, body)),
);
