import { useState } from "react";

/** Told by a rule of the config, once its thanks are shown. */
export function Newsletter() {
  const [isSent, setSent] = useState(false);
  const send = (event) => {
    event.preventDefault();
    setSent(true);
  };
  if (isSent) return <p className="thanks">Thank you.</p>;
  return (
    <form id="newsletter" onSubmit={send}>
      <label>
        E-mail <input name="email" type="email" required />
      </label>
      <button>Subscribe</button>
    </form>
  );
}
