import assert from "node:assert/strict";
import { test } from "node:test";
import { hear } from "./tcf.js";

/** Returns what is told where a banner says this. */
function told(data, works = true) {
  const answers = [];
  const __tcfapi = (command, version, listener) => {
    assert.deepEqual([command, version], ["addEventListener", 2]);
    listener(data, works);
  };
  hear({ __tcfapi }, (answer) => answers.push(answer));
  return answers.join();
}

const answered = (consents, more = {}) => ({
  eventStatus: "useractioncomplete",
  purpose: { consents, ...more },
});

test("a banner's answer is what its purposes allow", () => {
  for (const [data, expected, what] of [
    [answered({ 1: true, 8: true }), "granted", "stored and measured"],
    [answered({ 1: true, 7: true }), "granted", "stored, ads measured"],
    [answered({ 8: true }), "cookieless", "measured, not stored"],
    [answered({ 1: true }), "denied", "stored, not measured"],
    [answered({}), "denied", "nothing"],
    [
      answered({}, { legitimateInterests: { 8: true } }),
      "cookieless",
      "a legitimate interest in measuring",
    ],
    [
      { ...answered({ 1: true, 8: true }), eventStatus: "tcloaded" },
      "granted",
      "answered before",
    ],
    [
      { ...answered({ 1: true, 8: true }), eventStatus: "cmpuishown" },
      "",
      "not answered yet",
    ],
    [{ gdprApplies: false }, "granted", "where the law does not hold"],
  ])
    assert.equal(told(data), expected, what);
  assert.equal(told(answered({ 1: true, 8: true }), false), "", "a failure");
});
