// @ts-check
// What the shop sells, by article number. The product pages say the rest.

export const catalogue = {
  "CR-T2": {
    name: "Brandon 2 Tent",
    cents: 129900,
    picture: "images/brandon-tent.svg",
    page: "product-brandon-tent.html",
  },
  "CR-P45": {
    name: "Mangerton 45 Pack",
    cents: 18900,
    picture: "images/mangerton-pack.svg",
    page: "product-mangerton-pack.html",
  },
  "CR-J1": {
    name: "Skellig Shell Jacket",
    cents: 32900,
    picture: "images/skellig-jacket.svg",
    page: "product-skellig-jacket.html",
  },
  "CR-B1": {
    name: "Torc Boot",
    cents: 21900,
    picture: "images/torc-boot.svg",
    page: "product-torc-boot.html",
  },
  "CR-S1": {
    name: "Lough Down Sleeping Bag",
    cents: 38900,
    picture: "images/lough-sleeping-bag.svg",
    page: "product-lough-sleeping-bag.html",
  },
  "CR-K1": {
    name: "Ember Stove",
    cents: 9450,
    picture: "images/ember-stove.svg",
    page: "product-ember-stove.html",
  },
  "CR-M1": {
    name: "Enamel Mug",
    cents: 1850,
    picture: "images/tin-mug.svg",
    page: "product-enamel-mug.html",
  },
  "CR-L1": {
    name: "Beacon Headlamp",
    cents: 5900,
    picture: "images/beacon-headlamp.svg",
    page: "product-beacon-headlamp.html",
  },
};
