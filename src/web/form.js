// What is done with forms: which field, when, and what was wrong with it. No value is ever read.
// @ts-check
import { FORM } from "./codes.js";
import { IGNORED, TYPED } from "./shared.js";

/** What happens to a field, in the order of the codes of `FormEvent` in src/form.rs. */
const EVENTS = ["focusin", "focusout", "input", "change", "invalid"];
const BLUR = 1;
const INPUT = 2;
const INVALID = 4;
const SENT = 5;
/** How pages mark a field that they find wrong themselves. */
const ARIA_INVALID = "[aria-invalid=true]";

/** @param {Record<string, any>} edge see js/behaviour.js @param {any} on */
export function followForms(edge, on) {
  const { after, at, plain, report, targetOf, up, wait } = edge;
  const numbers = new WeakMap();
  let next = 0;
  /** The field that something was typed into since it was entered. @type {any} */
  let typing;

  /** A field may bear the name of a form's property, so that only attributes tell what is what. @param {any} el */
  const nameOf = (el) => el.getAttribute("name") || el.getAttribute("id");
  /** @param {number} code @param {any} form @param {any} [field] @param {string} [wrong] */
  const tell = (code, form, field, wrong) => {
    if (!numbers.has(form)) numbers.set(form, next++);
    report(
      FORM,
      at(),
      [code, numbers.get(form)],
      field ? plain(nameOf(field) || field.type) : "",
      plain(wrong ?? nameOf(form) ?? form.getAttribute("aria-label")),
    );
  };

  EVENTS.forEach((type, code) =>
    on(type, (/** @type {Event} */ event) => {
      const field = targetOf(event);
      // Once per stay in a field is enough to know that it is being filled in.
      if (code === INPUT && typing === field) return;
      const { form, validity } = field;
      if (!form || !field.matches(TYPED) || field.type === "search") return;
      if (up(field, IGNORED)) return;
      typing = code === INPUT && field;
      if (code !== INVALID) tell(code, form, field);
      for (const flag in code === INVALID && validity)
        if (flag !== "valid" && validity[flag])
          return tell(INVALID, form, field, flag);
      if (code === BLUR && field.matches(ARIA_INVALID))
        tell(INVALID, form, field, "aria-invalid");
    }),
  );
  on("submit", (/** @type {any} */ event) => {
    const form = targetOf(event);
    if (up(form, `${IGNORED},[role=search]`) || !form.querySelector(TYPED))
      return;
    const sent = () => tell(SENT, form);
    // Where a script takes it from here, it was sent when a request is answered well.
    const lead = wait("/*", form, at(event.timeStamp), sent);
    after(() => {
      if (!event.defaultPrevented) return lead();
      for (const field of form.querySelectorAll(ARIA_INVALID))
        tell(INVALID, form, field, "aria-invalid");
    });
  });
}
