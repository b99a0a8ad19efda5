// Each choice shows the report anew; who chose by keyboard stands where they stood, and boxes stay open.

/** Runs `renew`, which replaces what is in `place`, and puts focus and open boxes back. */
export function keepFocus(place, renew) {
  const { name, value, type } = document.activeElement ?? {};
  const isWithin = place.contains(document.activeElement);
  const open = [...place.querySelectorAll("details")].map((box) => box.open);
  renew();
  place.querySelectorAll("details").forEach((box, index) => {
    box.open ||= Boolean(open[index]);
  });
  if (!isWithin || !name) return;
  const same = [...place.querySelectorAll("input, select")].filter(
    (control) => control.name === name,
  );
  const one =
    type === "radio" ? same.find((radio) => radio.value === value) : same[0];
  one?.focus({ preventScroll: true });
}
