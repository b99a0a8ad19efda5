// Makes elements: text is always text, never markup.

/** Returns `<tag>` with attributes (`on...` are listeners; false and null are left out) and children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null)
      element.setAttribute(name, value);
  }
  element.append(
    ...children.flat().filter((child) => child != null && child !== false),
  );
  return element;
}

/** Returns what stands where there is nothing to show: what is missing, and what to do. */
export function empty(title, remedy) {
  return h("div", { class: "empty" }, h("strong", {}, title), remedy);
}
