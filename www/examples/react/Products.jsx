import { useEffect, useState } from "react";
import { Track, useSpoor } from "spoor/react";
import { itemOf, products } from "../products.js";

export function Products() {
  const spoor = useSpoor();
  const [saved, setSaved] = useState(0);
  useEffect(
    () =>
      spoor.on("conversion", ({ name }) => {
        if (name === "add_to_wishlist") setSaved((count) => count + 1);
      }),
    [spoor],
  );
  return (
    <section>
      <p>
        Saved: <output>{saved}</output>
      </p>
      <ul>
        {products.map((product) => (
          <Product key={product.id} {...product} />
        ))}
      </ul>
    </section>
  );
}

function Product({ id, name, price }) {
  const spoor = useSpoor();
  const [isGuideOpen, setGuideOpen] = useState(false);
  const openGuide = () => {
    setGuideOpen(true);
    spoor.track("size_guide_opened", { sku: id });
  };
  const item = itemOf({ id, name, price });
  return (
    <li data-sku={id}>
      <h2>{name}</h2>
      <p>€{price.toFixed(2)}</p>
      <Track event="add_to_cart" item={{ ...item, quantity: 1 }}>
        <button className="cart">Add to cart</button>
      </Track>
      <Track event="add_to_wishlist" item={item}>
        <Heart />
      </Track>
      <button className="guide" onClick={openGuide}>
        Sizes
      </button>
      {isGuideOpen && <p>One size fits all.</p>}
    </li>
  );
}

/** A component that takes no further attributes. */
const Heart = () => <button className="heart">♥</button>;
