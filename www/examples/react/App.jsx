import { SpoorProvider } from "spoor/react";
import { Newsletter } from "./Newsletter.jsx";
import { Offer } from "./Offer.jsx";
import { Products } from "./Products.jsx";

const config = {
  collector: "/collect",
  site: "demo-shop",
  track: {
    sign_up: {
      form: "#newsletter",
      success: ".thanks",
      method: "newsletter",
    },
  },
};

export const App = () => (
  <SpoorProvider config={config}>
    <h1>Outdoor things</h1>
    <Offer />
    <Products />
    <Newsletter />
  </SpoorProvider>
);
