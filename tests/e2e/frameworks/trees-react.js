// Trees of React that a spec changes by `show(name)`, as shops do: parts that are waited for, other options, several providers.
import {
  createElement as h,
  StrictMode,
  startTransition,
  Suspense,
  useEffect,
  useState,
} from "react";
import { createRoot } from "react-dom/client";
import { init } from "spoor";
import { SpoorProvider, useSpoor } from "spoor/react";

const config = { collector: "/collect", site: "demo-shop" };
/** What parts wait for, by their names: undefined until they are asked for, true once they are there. */
const parts = {};
const waiting = {};
window.waits = (name) => name in waiting;
window.arrive = (name) => waiting[name]();
/** Every tracker that a component was given. */
const trackers = new Set();

function Part({ name }) {
  parts[name] ??= new Promise((done) => {
    waiting[name] = () => {
      parts[name] = true;
      done();
    };
  });
  if (parts[name] !== true) throw parts[name];
  const spoor = useSpoor();
  trackers.add(spoor);
  useEffect(() => spoor.track("part_shown", { name }), [spoor, name]);
  return h("p", { id: name }, name);
}

/** Shows one part after another, the next in a transition or at once. */
function Parts() {
  const [name, setName] = useState("first");
  window.next = (name, isUrgent) =>
    isUrgent ? setName(name) : startTransition(() => setName(name));
  return h(Suspense, { fallback: "..." }, h(Part, { name }));
}

const Shop = ({ kind }) => {
  const spoor = useSpoor();
  trackers.add(spoor);
  useEffect(() => spoor.track("shop_shown", { kind }), [spoor, kind]);
  return h("p", { id: kind }, kind);
};
const provided = (kind, props) =>
  h(SpoorProvider, { key: kind, ...props }, h(Shop, { kind }));

const trees = {
  waiting: () =>
    h(
      Suspense,
      { fallback: "..." },
      h(SpoorProvider, { config }, h(Parts), h(Part, { name: "outer" })),
    ),
  parts: () => h(SpoorProvider, { config }, h(Parts)),
  one: () => provided("one", { config: { ...config } }),
  other: () => provided("other", { config: { ...config } }),
  both: () => [
    provided("one", { config: { ...config } }),
    provided("other", { config: { ...config } }),
  ],
  lent: () => provided("lent", { tracker: (window.lent ??= init(config)) }),
  bare: () => h(Shop, { kind: "bare" }),
  none: () => null,
};

const root = createRoot(document.getElementById("app"));
window.show = (name) => root.render(h(StrictMode, null, trees[name]()));
window.trackers = () => trackers.size;
