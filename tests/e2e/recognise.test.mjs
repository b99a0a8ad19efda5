// What spoor recognises, holds back and forgets, in every engine. Each spec has its page and its config beside it.
import assert from "node:assert/strict";
import { assertEvents } from "./expect.mjs";
import { HTML, spec } from "./spec.mjs";
import { eventually, flush, running } from "./stage.mjs";

const DONE = "the_end";

const named = (events, ...names) =>
  events.filter(({ name }) => names.includes(name));
const saved = (page) => page.evaluate(() => localStorage.getItem("spoor"));
/** Tells a last event, so that all that was told before has arrived with it. */
async function end(stage, page) {
  await page.evaluate((name) => spoor.track(name), DONE);
  await flush(page);
  await stage.arrived(DONE);
  return stage.events();
}

spec("a wish put on and taken off is told as both", async (it) => {
  const { stage, page, open } = it;
  stage.put(
    "/saved",
    { track: { add_to_wishlist: { selector: "button", item } } },
    `<div data-sku="A1"><button aria-pressed="false"
      onclick="this.ariaPressed = this.ariaPressed !== 'true'">Save</button></div>`,
  );
  await open("/saved", page);
  for (let i = 0; i < 2; i++) await page.click("button");
  const items = [{ item_id: "A1" }];
  assertEvents(named(await end(stage, page), ...WISHES), [
    ["add_to_wishlist", { items }],
    ["remove_from_wishlist", { items }],
  ]);
});
const item = { item_id: "@data-sku" };
const WISHES = ["add_to_wishlist", "remove_from_wishlist"];

spec(
  "a newsletter's script has signed up only who was answered well",
  async ({ stage, page, open }) => {
    const answers = [500, 200];
    stage.front.shop = ({ path }) => {
      if (path !== "/letters") return;
      return { status: answers.shift(), type: HTML, body: "" };
    };
    const success = "/letters";
    stage.put(
      "/news",
      { track: { form: true, sign_up: { form: "form", success } } },
      `<form id="news"><input name="mail" type="email" required /><button>Go</button><output></output></form>
      <script>
        document.querySelector("form").onsubmit = async (event) => {
          event.preventDefault();
          const { status } = await fetch("/letters", { method: "POST" });
          document.querySelector("output").value = status;
        };
      </script>`,
    );
    await open("/news", page);
    const said = (status) =>
      page.waitFor(
        (status) => document.querySelector("output").value === status,
        status,
      );
    await page.type("input", "a@b.example");
    await page.click("button");
    await said("500");
    assert.deepEqual(named(await middle(stage, page), "sign_up"), []);
    await page.click("button");
    await said("200");
    await eventually("the answer told", async () => {
      await flush(page);
      return named(await stage.events(), "sign_up").length;
    });
    assertEvents(
      named(await end(stage, page), "sign_up", "form_submit", "form_start"),
      [
        ["form_start", { form_name: "news", first_field_name: "mail" }],
        ["sign_up", {}],
        ["form_submit", { form_name: "news" }],
      ],
    );
  },
  // WebKit does not tell a page's scripts how a request was answered:
  // https://developer.mozilla.org/docs/Web/API/PerformanceResourceTiming/responseStatus
  { but: ["WebKit"] },
);
/** Waits until all that was told so far has arrived. */
async function middle(stage, page) {
  await page.evaluate(() => spoor.track("so_far"));
  await flush(page);
  await stage.arrived("so_far");
  return stage.events();
}

spec(
  "a page that the shop's own code tells is one more page view",
  async ({ stage, page, open }) => {
    stage.put("/step", {}, "");
    await open("/step", page);
    await page.evaluate(() => spoor.page());
    assertEvents(await end(stage, page), [
      ["page_view", {}],
      ["page_view", {}],
      [DONE, {}],
    ]);
  },
);

spec(
  "a promotion is seen after a second, clicked at once, and not seen by passing",
  async ({ stage, page, open }) => {
    const banner = (id, top) =>
      `<a href="#${id}" data-promotion-id="${id}" style="position: absolute; top: ${top}px; width: 400px; height: 200px">${id}</a>`;
    stage.put(
      "/home",
      { track: { promotion: "[data-promotion-id]" } },
      `${banner("here", 100)}${banner("below", 1400)}<p style="height: 4000px"></p>`,
    );
    await open("/home", page);
    await eventually("the promotion seen", async () => {
      await flush(page);
      return named(await stage.events(), "view_promotion").length;
    });
    await page.scroll(1300);
    await page.scroll(-1300);
    await page.click("[data-promotion-id=here]");
    const promotion_id = "here";
    assertEvents(
      named(await end(stage, page), "view_promotion", "select_promotion"),
      [
        ["view_promotion", { promotion_id }],
        ["select_promotion", { promotion_id }],
      ],
    );
  },
);

spec(
  "a form given up tells its last field and what was wrong",
  async ({ stage, page, open }) => {
    stage.put(
      "/contact",
      { track: { form: true } },
      `<form name="contact"><input name="who" required /><input name="mail" type="email" required />
      <textarea name="text"></textarea><button>Send</button></form><a href="/elsewhere">Away</a>`,
    );
    stage.put("/elsewhere", {}, "");
    await open("/contact", page);
    await page.type("[name=who]", "Ann");
    await page.type("[name=mail]", "nowhere");
    await page.click("button");
    await page.type("[name=text]", "Hello");
    await page.click("a");
    await page.reached("/elsewhere");
    assertEvents(await stage.arrived("form_abandon"), [
      [
        "form_abandon",
        {
          form_name: "contact",
          last_field: "text",
          last_error: "mail: typeMismatch",
        },
      ],
    ]);
    const events = named(await stage.events(), "form_start", "form_submit");
    assertEvents(events, [["form_start", { first_field_name: "who" }]]);
  },
);

spec(
  "a funnel is followed over pages and tabs, given up with its tab, and resumed",
  async ({ stage, page, open }) => {
    const config = {
      track: { add_to_cart: ".buy", purchase: ".pay", form: true },
      funnels: { checkout: ["add_to_cart", "/checkout*", "purchase"] },
    };
    stage.put("/product", config, `<button class="buy">Buy</button>`);
    stage.put(
      "/checkout",
      config,
      `<form name="address"><input name="street" /><input name="town" /></form><button class="pay">Pay</button>`,
    );
    await open("/product", page);
    await page.click(".buy");
    await flush(page);
    const checkout = await page.newTab();
    await open("/checkout", checkout);
    await checkout.type("[name=street]", "Hill");
    await checkout.type("[name=town]", "K");
    await checkout.close();
    const funnel_name = "checkout";
    assertEvents(await stage.arrived("checkout_abandon"), [
      [
        "checkout_abandon",
        {
          funnel_name,
          last_step: "/checkout*",
          step_index: 2,
          last_field: "town",
          reason: "left",
        },
      ],
    ]);
    const again = await page.newTab();
    await open("/checkout", again);
    await again.click(".pay");
    const events = await end(stage, again);
    assertEvents(
      named(events, "funnel_step").sort((a, b) => a.at - b.at),
      [
        ["funnel_step", { funnel_name, step_name: "add_to_cart" }],
        ["funnel_step", { step_name: "/checkout*", step_index: 2 }],
        ["funnel_step", { step_name: "purchase", resumed: true }],
      ],
    );
    assert.equal(new Set(events.map((of) => of.session_id)).size, 1);
  },
);

spec(
  "a thank-you page loaded again is no second purchase",
  async ({ stage, page, open }) => {
    const purchase = {
      url: "/thanks",
      transaction_id: ".number",
      value: ".sum",
    };
    stage.put(
      "/thanks",
      { track: { purchase } },
      `<p class="number">A-17</p><p class="sum">€20.00</p>`,
    );
    await open("/thanks", page);
    await flush(page);
    await stage.arrived("purchase");
    await page.reload();
    await running(page);
    const events = await end(stage, page);
    assertEvents(named(events, "page_view", "purchase"), [
      ["page_view", {}],
      ["purchase", { transaction_id: "A-17", value: 20, currency: "EUR" }],
      ["page_view", {}],
    ]);
  },
);

const BUY = `<button class="buy">Buy</button><a href="/next">Next</a>`;
const track = { add_to_cart: ".buy" };

spec(
  "where consent is required nothing leaves or is stored before it, and all of it comes then",
  async ({ stage, page, open }) => {
    stage.put("/ask", { consent: "required", track }, BUY);
    await open("/ask", page);
    await page.click(".buy");
    await flush(page);
    assert.equal(await saved(page), null);
    assert.deepEqual(stage.front.bodies, []);
    const asked = await page.evaluate(() => Date.now());
    // Longer than the clocks of an event and of a date may be apart.
    await page.waitFor((asked) => Date.now() > asked + 100, asked);
    await page.evaluate(() => spoor.consent("granted"));
    const events = await end(stage, page);
    assert.ok(await saved(page));
    assertEvents(named(events, "page_view", "add_to_cart"), [
      ["page_view", {}],
      ["add_to_cart", {}],
    ]);
    const [view, added] = events;
    assert.ok(view.at <= added.at && added.at <= asked + 50, "true times");
    assert.ok(events.at(-1).at >= asked + 100, "the last comes later");
  },
);

spec(
  "who denies is forgotten, and nothing more is told",
  async ({ stage, page, open }) => {
    stage.put("/shop-a", { track }, BUY);
    stage.put("/ask", { consent: "required", track }, BUY);
    for (const path of ["/shop-a", "/ask"]) {
      await open(path, page);
      await page.click(".buy");
      await page.evaluate(() => spoor.consent("denied"));
      await page.click(".buy");
      await flush(page);
      assert.equal(await saved(page), null, path);
    }
    await page.goto("about:blank");
    stage.put("/other", { track }, BUY);
    const other = await page.newTab();
    await open("/other", other);
    const events = await end(stage, other);
    assert.deepEqual(
      new Set(events.map(({ path }) => path)),
      new Set(["/other"]),
    );
  },
);

spec(
  "without identity nothing is stored, and two pages are two visitors",
  async ({ stage, page, open }) => {
    stage.put("/one", { identity: "none", track }, BUY);
    stage.put("/next", { identity: "none", track }, BUY);
    await open("/one", page);
    await page.click("a");
    await page.reached("/next");
    await running(page);
    await page.click(".buy");
    const events = await end(stage, page);
    assertEvents(events, [
      ["page_view", {}],
      ["page_view", {}],
      ["add_to_cart", {}],
      [DONE, {}],
    ]);
    assert.equal(new Set(events.map((of) => of.visitor_id)).size, 2);
    assert.deepEqual(
      await page.evaluate(() => [...Object.keys(localStorage)]),
      [],
    );
    assert.equal(await page.evaluate(() => document.cookie), "");
  },
);

spec(
  "Global Privacy Control is obeyed, unless the shop says otherwise",
  async ({ stage, page, open }) => {
    const control = `<script>Object.defineProperty(navigator, "globalPrivacyControl", { value: true });</script>`;
    stage.put("/control", { track }, BUY, control);
    stage.put("/without", { track, gpc: false }, BUY, control);
    await page.goto("/control");
    const status = await page.waitFor(() => window.spoor?.status?.());
    assert.equal(status.state, "stopped");
    assert.equal(status.reason, "Global Privacy Control");
    await page.click(".buy");
    assert.equal(await saved(page), null);
    await open("/without", page);
    const events = await end(stage, page);
    assert.deepEqual(
      events.map(({ path }) => path),
      ["/without", "/without"],
    );
  },
);

spec(
  "nothing in a part that is to be ignored is told",
  async ({ stage, page, open }) => {
    stage.put(
      "/part",
      { track: { ...track, form: true, click: true }, heatmap: {} },
      `<div data-spoor-ignore><button class="buy">Buy</button>
        <form id="private"><input name="secret" /></form></div>
      <p><button class="buy open">Buy here</button></p>`,
    );
    await open("/part", page);
    await page.click("[data-spoor-ignore] .buy");
    await page.type("[name=secret]", "x");
    await page.click(".open");
    await page.goto("about:blank");
    await stage.arrived("add_to_cart");
    const names = (await stage.events()).map(({ name }) => name);
    assert.deepEqual(names, ["page_view", "add_to_cart"]);
    const heat = stage.front.bodies
      .flatMap((body) => JSON.parse(body).pages)
      .flatMap((page) => page.heat ?? []);
    assert.equal(heat.length, 1);
  },
);

spec(
  "a page taken out of the back-forward cache is one more page view",
  async ({ stage, page, open }) => {
    stage.put("/first", { track }, BUY);
    stage.put("/next", {}, "");
    await open("/first", page);
    await page.evaluate(() => (window.kept = true));
    await page.click("a");
    await page.reached("/next");
    await running(page);
    await page.back();
    assert.equal(await page.evaluate(() => window.kept), true);
    await page.click(".buy");
    const events = await end(stage, page);
    assert.deepEqual(
      events.map(({ name, path }) => `${name} ${path}`),
      [
        "page_view /first",
        "page_view /next",
        "page_view /first",
        "add_to_cart /first",
        `${DONE} /first`,
      ],
    );
    assert.equal(new Set(events.map((of) => of.page_id)).size, 3);
  },
  // Playwright's Chromium has no such cache.
  { but: ["Chromium"] },
);
