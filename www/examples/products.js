/** What the examples sell. */
export const products = [
  { id: "CR-M1", name: "Enamel Mug", price: 18.5 },
  { id: "CR-L2", name: "Beacon Headlamp", price: 49.9 },
  { id: "CR-T3", name: "Brandon Tent", price: 329 },
];

/** A product as an item of spoor's, by GA4's names. */
export const itemOf = ({ id, name, price }) => ({
  item_id: id,
  item_name: name,
  price,
  currency: "EUR",
});
