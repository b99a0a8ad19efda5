// Where elements stand on a page, and which stands at a place.

/** Side of the square that marks a point. */
const MARK_PX = 32;

/** Elements are asked for their place at every move of the pointer. */
const areas = new WeakMap();

/** Returns where an element stands; of one that is not to be seen, what its points span; null where it has neither. */
export function area(element) {
  if (!areas.has(element)) areas.set(element, element.rect ?? span(element));
  return areas.get(element);
}

function span({ dots }) {
  if (dots.length === 0) return null;
  const half = MARK_PX / 2;
  const ends = (axis) => {
    const places = dots.map((dot) => dot[axis]);
    // Not by spreading them: a call takes no hundred thousand arguments.
    const least = places.reduce((a, b) => Math.min(a, b)) - half;
    const most = places.reduce((a, b) => Math.max(a, b)) + half;
    return [least, most];
  };
  const [left, right] = ends(0);
  const [top, bottom] = ends(1);
  const [width, height] = [right - left, bottom - top];
  return { left, top, right, bottom, width, height };
}

/** Returns the smallest element at a place: of nested ones it is meant. */
export function elementAt(elements, x, y) {
  const size = ({ width, height }) => width * height;
  return elements
    .map((element) => ({ element, box: area(element) }))
    .filter(
      ({ box }) =>
        box &&
        x >= box.left &&
        x <= box.right &&
        y >= box.top &&
        y <= box.bottom,
    )
    .reduce((a, b) => (a && size(a.box) <= size(b.box) ? a : b), null)?.element;
}
