// What is done with forms: which field, when, and what was wrong with it. No value is ever read.
// @ts-check
import { at, IGNORED, sink, TYPED, up } from "./dom.js";
import { after, wait } from "./rules.js";

/** Codes of `FormEvent` in src/form.rs. */
const [FOCUS, BLUR, INPUT, CHANGE, INVALID, SENT] = [0, 1, 2, 3, 4, 5];

/** @param {any} on */
export function followForms(on) {
  const numbers = new WeakMap();
  let next = 0;
  /** The field that something was typed into since it was entered. @type {any} */
  let typing;

  /** @param {number} code @param {any} form @param {any} field @param {string} [detail] */
  const report = (code, form, field, detail) => {
    if (!numbers.has(form)) numbers.set(form, next++);
    const name =
      form.getAttribute("name") ||
      form.getAttribute("id") ||
      form.getAttribute("aria-label");
    sink.form(
      code,
      numbers.get(form),
      nameOf(field),
      detail ?? name ?? "",
      at(),
    );
  };
  /** @param {any} field */
  const nameOf = (field) =>
    field?.getAttribute("name") ||
    field?.getAttribute("id") ||
    field?.type ||
    "";
  /** @param {(field: any, form: any) => void} told */
  const inForm = (told) => (/** @type {Event} */ event) => {
    const field = /** @type {any} */ (event.composedPath()[0]);
    const form = field.form;
    if (
      form &&
      field.matches(TYPED) &&
      field.type !== "search" &&
      !up(field, IGNORED)
    )
      told(field, form);
  };

  on(
    "focusin",
    inForm((field, form) => ((typing = null), report(FOCUS, form, field))),
  );
  on(
    "focusout",
    inForm((field, form) => {
      report(BLUR, form, field);
      if (field.matches("[aria-invalid=true]"))
        report(INVALID, form, field, "aria-invalid");
    }),
  );
  on(
    "input",
    inForm((field, form) => {
      if (typing !== field) report(INPUT, form, (typing = field));
    }),
  );
  on(
    "change",
    inForm((field, form) => report(CHANGE, form, field)),
  );
  on(
    "invalid",
    inForm((field, form) => {
      for (const flag in field.validity) {
        if (flag !== "valid" && field.validity[flag])
          return report(INVALID, form, field, flag);
      }
    }),
  );
  on("submit", (/** @type {any} */ event) => {
    const form = event.composedPath()[0];
    if (up(form, `${IGNORED},[role=search]`) || !form.querySelector(TYPED))
      return;
    const sent = () => report(SENT, form, null);
    // Where a script takes it from here, it was sent when a request is answered well.
    const ready = wait("/*", form, at(event.timeStamp), sent);
    after(() => {
      if (!event.defaultPrevented) return sent();
      for (const field of form.querySelectorAll("[aria-invalid=true]"))
        report(INVALID, form, field, "aria-invalid");
      ready();
    });
  });
}
