// The npm entry "spoor/react". React is the page's own.
// @ts-check
import {
  cloneElement,
  createContext,
  createElement,
  isValidElement,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { borrower, holder, standIn } from "./hold.js";
import { markup, paramsOf } from "./markup.js";
import { whenSeen } from "./view.js";

export { markup };

/** Outside of a provider nothing is told, nor kept. */
const Tracker = createContext(standIn(0).spoor);

/** @param {any} props */
export function SpoorProvider({ config, tracker, children }) {
  // Whatever is given first counts, as with `init`.
  const [{ spoor, hold }] = useState(() =>
    tracker ? borrower(tracker) : holder(() => config),
  );
  useEffect(hold, [hold]);
  return createElement(Tracker.Provider, { value: spoor }, children);
}

export const useSpoor = () => useContext(Tracker);

/** @param {any} props */
export function Track({ event, item, params, on = "click", children }) {
  const spoor = useSpoor();
  const around = useRef(/** @type {HTMLElement | null} */ (null));
  const said = { event, item, params };
  const attributes = markup(said);
  const latest = useRef(said);
  useEffect(() => {
    latest.current = said;
  });
  const viewed = on === "view" ? JSON.stringify(attributes) : "";
  useEffect(() => {
    if (viewed)
      return whenSeen(around.current?.firstElementChild, () => {
        const { event } = latest.current;
        spoor.track(event, paramsOf(latest.current));
      });
  }, [viewed, spoor]);
  // What is no element of the page itself may leave attributes out.
  if (!viewed && isValidElement(children) && typeof children.type === "string")
    return cloneElement(children, attributes);
  const style = { display: "contents" };
  const more = viewed ? { ref: around } : attributes;
  return createElement("span", { style, ...more }, children);
}
