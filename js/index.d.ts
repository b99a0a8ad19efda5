/** A field of a rule: where a parameter's value stands on the page.
 *
 * - `"@data-sku"`: the attribute, of the element or of its nearest ancestor that has it
 * - `".price"`: the text of what the selector finds in the element's nearest ancestor that holds one
 * - `".price@content"`: the attribute of what the selector finds there
 * - `"=EUR"`, a number, `true` or `false`: the value itself
 *
 * `price`, `value`, `discount`, `shipping` and `tax` are read as amounts in the page's language: "1.299,00 €" is 1299.
 * What somebody typed into a field is never read. */
export type Field = string | number | boolean;

/** What every rule may say. */
export interface RuleOptions {
  /** Facts of the item, by GA4's names: `item_id`, `item_name`, `price`, `quantity` ... Default: the config's `item`. */
  item?: Record<string, Field>;
  /** Parameters of the event. */
  params?: Record<string, Field>;
  /** How it was done, as a word: `"newsletter"`. */
  method?: Field;
  /** Amount; the item's price times its quantity where nothing is said. */
  value?: Field;
  /** ISO 4217 code; read from the price's sign where nothing is said. */
  currency?: Field;
  /** Number of the order. A purchase with a number that was told before is not told again. */
  transaction_id?: Field;
}

/** Tells a conversion by a click. */
export interface ClickRule extends RuleOptions {
  /** CSS selector of the elements. */
  selector: string;
  /** It counts only when this comes of it within 10 seconds: a selector of what is shown then and was not before, or the path
   * (`*` stands for anything) of a request that is answered below 400, or of the page that it leads to. */
  success?: string;
  /** Whether an element that was pressed before (`aria-pressed`, class `active` and the like; or what this selector matches)
   * tells the opposite: `remove_from_wishlist` of `add_to_wishlist`. Default `true` for `add_to_wishlist`, else `false`. */
  toggle?: boolean | string;
}

/** Tells a conversion by a form that was really sent: by the browser, or where a script took it over, by `success`. */
export interface FormRule extends RuleOptions {
  /** CSS selector of the form. */
  form: string;
  /** See `ClickRule`. */
  success?: string;
}

/** Tells a conversion by a page, once each time it is viewed. One of both is enough. */
export interface PageRule extends RuleOptions {
  /** Path of the page; `*` stands for anything. With a `?` or `=` in it, path and query: `"*route=checkout/success*"`. */
  url?: string;
  /** CSS selector of an element that is shown on it, then or up to 8 seconds after something was done. */
  shown?: string;
}

/** Tells a conversion by an element that was really seen, once a page view. */
export interface SeenRule extends RuleOptions {
  /** CSS selector of the elements. */
  seen: string;
  /** Share of the element, or of the window where that is smaller, that must be in view. Default 0.5. */
  share?: number;
  /** For how many seconds without a break, up to 60. Default 1. */
  seconds?: number;
}

/** A rule: a selector for clicks, or more of it. */
export type Rule = string | ClickRule | FormRule | PageRule | SeenRule;

/** Follows videos: HTML5, and YouTube (with `enablejsapi=1` in its address) and Vimeo in their iframes. */
export interface VideoRule {
  /** CSS selector of the videos and iframes. Default `"video,iframe"`. */
  selector?: string;
  /** Percentages really watched at which `video_progress` is told. Default `[10, 25, 50, 75]`. */
  milestones?: number[] | boolean;
}

/** Where an item's facts stand, for each event of one item whose rule says nothing of its own. */
export interface Item {
  /** CSS selector of what holds one item in a list. The other members are then read inside the card that holds the element;
   * outside of cards the page's own item counts: JSON-LD, microdata, OpenGraph, or the `dataLayer`. */
  card?: string;
  [fact: string]: Field | undefined;
}

/** Tells an event of your own once something happened. */
export interface Goal {
  /** Name of its event. */
  name: string;
  /** Name of the event, or path of the page (`"/about*"`), that reaches it; or the event with what its parameters must be:
   * numbers at least as great, texts the same. */
  when: string | { event: string; [param: string]: string | number | boolean };
  /** What it is worth. */
  value?: number;
  /** ISO 4217 code of `value`. */
  currency?: string;
  /** Default `"visit"`. */
  once?: "visit" | "each";
}

/** A preset: see docs/presets.md. */
export type PresetName =
  | "auto"
  | "shopify"
  | "woocommerce"
  | "magento2"
  | "prestashop"
  | "bigcommerce"
  | "shopware6"
  | "opencart"
  | "squarespace"
  | "generic";

/** A preset as an object: one of `spoor/presets/*`, or one of your own. */
export type Preset = Partial<Omit<Config, "preset">> & {
  /** What `status().preset` says. */
  name: string;
};

/** What the visitor allows: all; to be counted without anything stored in the browser; nothing. */
export type Consent = "granted" | "cookieless" | "denied";

/** What every collector may be told. See docs/collectors.md. */
export interface CollectorOptions {
  /** Address; where under it a dialect posts is its own matter. */
  url?: string;
  /** Names of the events that it gets, and `"heat"` for points. Default: all. */
  only?: string[];
  /** Names of the events that it does not get. Default: none. */
  except?: string[];
  /** Share of the visitors of whom it hears, the same ones each time. Default 1. */
  sample?: number;
  /** With which answer of the visitor it is given anything; or what says so for a category of the shop's own banner. Default: any. */
  consent?: Consent | (() => boolean);
  /** Headers of its requests. A beacon cannot carry them, and other origins are asked for them first. Default: none. */
  headers?: Record<string, string>;
}

/** A collector that speaks a dialect: what a function of `spoor/collectors` returns, or a document of your own. */
export interface Collector extends CollectorOptions {
  /** Name of a dialect that lies beside spoor.js, or its document. Left out: spoor's own JSON. */
  dialect?: string | Dialect;
  /** What the dialect needs beside: a key, an id ... */
  [option: string]: unknown;
}

/** A document that says how events become requests. See docs/collectors.md. */
export interface Dialect {
  name: string;
  event: unknown;
  body: unknown;
  heat?: unknown;
  url?: unknown;
  type?: string;
  headers?: Record<string, unknown>;
  needs?: string[];
  push?: string;
  call?: boolean;
  once?: boolean;
  most?: Partial<
    Record<
      "events" | "bytes" | "event_bytes" | "keys" | "name" | "text",
      number
    >
  >;
}

/** An event on its way to the collectors. */
export interface OutgoingEvent {
  name: string;
  params: Record<string, unknown>;
  /** Milliseconds since the page was opened. */
  readonly t: number;
  /** The page as docs/wire.md has it. */
  readonly page: Record<string, unknown>;
}

export interface Config {
  /** Where it goes: an address to post to (`"/collect"`, or absolute), a collector of `spoor/collectors`, or a list of them.
   * Required. */
  collector: string | Collector | (string | Collector)[];
  /** Sees each event once before it is sent: may change it, return another, or drop it by `null`. Where it throws, the event is lost, and
   * counted as `before_failed`. Default: none. */
  before?: (event: OutgoingEvent) => OutgoingEvent | null | false | void;
  /** Name of the shop. Default: the page's host. */
  site?: string;
  /** What is known of a shop system; the config's own members go before, name by name. Default: none. */
  preset?: PresetName | Preset;
  /** Where an item's facts stand. */
  item?: Item;
  /** What to recognise: name of the event -> rule or rules; `true` switches on what spoor knows by itself, `false` off what a
   * preset says. GA4's names where GA4 has one. See docs/events.md. */
  track?: {
    // Not by `Record`, so that editors show what is said of each event.
    [Name in keyof Events as Exclude<Name, "scroll">]?: Rule | Rule[] | boolean;
  } & {
    /** Follows videos: what `video_start`, `video_progress` and `video_complete` tell. */
    video?: boolean | string | VideoRule;
    /** Percentages of the page, and of larger boxes that scroll, at which `scroll` is told; `true` for 25, 50, 75, 90. */
    scroll?: number[] | boolean;
    /** What advertises: `view_promotion` when it was seen, `select_promotion` when it is clicked. */
    promotion?: string | ClickRule;
    [event: string]: Rule | Rule[] | VideoRule | number[] | boolean | undefined;
  };
  /** Steps in order, by name: names of events, or paths of pages. */
  funnels?: Record<string, string[]>;
  /** What is worth an event of your own. */
  goals?: Goal[];
  /** Points for heatmaps; `true` for all of these. Default: none. */
  heatmap?:
    | boolean
    | {
        /** Clicks, taps and keys that activate, and which of them were rage or dead. Default `true`. */
        clicks?: boolean;
        /** Counts in place of points: so many cells to the page's width, 1 to 64, as high as they are wide. Of clicks and moves,
         * nothing leaves the page but how many fell into each cell within half a minute. Default: points. */
        grid?: number;
        /** Where the pointer goes: its place every so many ms, and at most so many on a page view. `true` for 100 and 3,000.
         * Default `false`. */
        moves?: boolean | { every_ms?: number; most?: number };
        /** How long the pointer stays on what `track` has rules for. Default `false`. */
        hovers?: boolean;
        /** How long each part of the page is in view, as `track: { attention: true }`. Default `false`. */
        attention?: boolean;
      };
  /** What may be kept before anybody was asked. `"required"` holds everything in memory until the answer. Left out: what the
   * page's own banner says by IAB TCF v2 or Google consent mode v2, else `"granted"`. */
  consent?: Consent | "required";
  /** `"none"` stores nothing in the browser: each page is a stranger's. Default `"storage"`. */
  identity?: "storage" | "none";
  /** Whether visits that look like a robot's are marked, or not told. Default `"mark"`. */
  bots?: "mark" | "drop";
  /** Share of the visitors that is followed, the same ones each time. Default 1. */
  sample?: number;
  privacy?: {
    /** Parameters of addresses that are kept, and told as `search_term`. Default: none. */
    query?: string[];
    /** Templates of paths: `/orders/:id` is told for `/orders/4711`. The first that fits counts. */
    paths?: string[];
  };
  /** Hosts from which nobody comes for the first time, beside the usual payment and login providers. */
  exclude?: string[];
  /** What waits for the collector at most; beyond, the least important goes first, and is counted. */
  queue?: {
    /** Bytes of bodies, in memory and in the browser's storage. Default 524288, at most 4194304. */
    bytes?: number;
    /** Days after which what nobody could send is given up. Default 7, at most 30. */
    days?: number;
  };
  /** Whether the console says each step: what is heard of the page, what is sent and what comes of it. Default `false`. */
  debug?: boolean;
  /** Whether nothing starts where the browser sends Global Privacy Control. Default `true`. */
  gpc?: boolean;
  /** Whether nothing starts where the browser sends Do Not Track. Default `false`. */
  dnt?: boolean;
}

/** One of an event's `items`, by GA4's names. Further facts may stand beside these. */
export interface EventItem {
  /** Number of the article (SKU). GA4 wants this or `item_name`. */
  item_id?: string;
  item_name?: string;
  /** Where it is sold, or who brought the sale. */
  affiliation?: string;
  /** Coupon of this item alone. */
  coupon?: string;
  /** What a piece costs less, in the event's `currency`. */
  discount?: number;
  /** Its place in the list, from 0. */
  index?: number;
  item_brand?: string;
  /** Categories, from the widest to the narrowest. */
  item_category?: string;
  item_category2?: string;
  item_category3?: string;
  item_category4?: string;
  item_category5?: string;
  /** The list in which it was shown. */
  item_list_id?: string;
  item_list_name?: string;
  /** Colour, size and the like. */
  item_variant?: string;
  /** Where it is, as a place id of Google's. */
  location_id?: string;
  /** Of a piece, in the event's `currency`, without the discount. */
  price?: number;
  /** Pieces. GA4's default is 1. */
  quantity?: number;
  /** The promotion that it is part of. */
  promotion_id?: string;
  promotion_name?: string;
  creative_name?: string;
  creative_slot?: string;
  [fact: string]: string | number | boolean | undefined;
}

/** Of a step with goods. */
export interface ItemsParams {
  /** ISO 4217 code of `value` and of the prices. */
  currency?: string;
  /** What it is worth: of a rule or markup, the price times the quantity where nothing else is said. */
  value?: number;
  items?: EventItem[];
}

/** Of a list of goods. */
export interface ListParams extends ItemsParams {
  item_list_id?: string;
  item_list_name?: string;
}

/** Of an order, and of the steps to it. */
export interface CheckoutParams extends ItemsParams {
  coupon?: string;
}

/** Of an order, or what is given back of it. */
export interface OrderParams extends CheckoutParams {
  /** Number of the order. */
  transaction_id?: string;
  /** Of it in `value`: what was asked for tax, and for shipping. */
  tax?: number;
  shipping?: number;
}

/** Of a promotion. */
export interface PromotionParams extends ItemsParams {
  promotion_id?: string;
  promotion_name?: string;
  creative_name?: string;
  creative_slot?: string;
}

/** Of what has a way in which it was done. */
export interface MethodParams {
  /** As a word: `"newsletter"`, `"facebook"`. */
  method?: string;
}

/** Of a video. spoor tells all of these, but a title or address that the page does not know. */
export interface VideoParams {
  video_title?: string;
  video_url?: string;
  video_provider?: string;
  /** Seconds from its beginning. */
  video_current_time?: number;
  /** Length in seconds. */
  video_duration?: number;
  /** Percentage of it that was really watched, as the milestone says it. */
  video_percent?: number;
  /** Seconds that were really watched, each once. */
  video_watched_seconds?: number;
  /** Percentage of its area in view. */
  video_visible_percent?: number;
  video_muted?: boolean;
}

/** What happened in a field of a form: only what is not 0 is told. */
export interface FormField {
  /** Its name, never what was typed. */
  field: string;
  focus_count?: number;
  seconds?: number;
  refills?: number;
  errors?: number;
}

/** Of a form that was sent, or given up. */
export interface FormParams {
  form_name?: string;
  /** Seconds since it was begun. */
  seconds?: number;
  /** The field in hand at the end. */
  last_field?: string;
  /** Field and kind of the last error: `"email: valueMissing"`. */
  last_error?: string;
  fields?: FormField[];
}

/** Of a barrier. */
export interface BarrierParams {
  /** Selector of what was clicked. */
  element?: string;
}

/** Each event that has a name at GA4 or at spoor, with its parameters: docs/events.md says when it is told. Further parameters
 * may stand beside these. Declare your own events likewise:
 *
 * @example
 * declare module "spoor" {
 *   interface Events {
 *     size_guide_opened: { sku: string };
 *   }
 * }
 */
export interface Events {
  /** A page is viewed. It comes by itself. */
  page_view: {};
  /** One item is looked at. */
  view_item: ItemsParams;
  /** Items of a list were seen. */
  view_item_list: ListParams;
  /** An item of a list is chosen. */
  select_item: ListParams;
  /** Something is put into the cart. */
  add_to_cart: ItemsParams;
  /** Something is taken out of the cart. */
  remove_from_cart: ItemsParams;
  /** The cart is looked at. */
  view_cart: ItemsParams;
  /** Something is saved for later. */
  add_to_wishlist: ItemsParams;
  /** What was on the wishlist is taken off it. */
  remove_from_wishlist: ItemsParams;
  /** The checkout is begun. */
  begin_checkout: CheckoutParams;
  /** It is said how to ship. */
  add_shipping_info: CheckoutParams & { shipping_tier?: string };
  /** It is said how to pay. */
  add_payment_info: CheckoutParams & { payment_type?: string };
  /** Something is bought. */
  purchase: OrderParams;
  /** Money is given back. */
  refund: OrderParams;
  /** What advertises was seen. */
  view_promotion: PromotionParams;
  /** What advertises is clicked. */
  select_promotion: PromotionParams;
  /** An account, or a newsletter, is signed up for. */
  sign_up: MethodParams;
  /** Somebody logs in. */
  login: MethodParams;
  /** Somebody asks to be called, or for an offer. */
  generate_lead: {
    currency?: string;
    value?: number;
    lead_source?: string;
    method?: string;
  };
  /** The page or an item is shared. */
  share: MethodParams & { content_type?: string; item_id?: string };
  /** Something is searched for; `search_term` only where `privacy.query` lists its parameter. */
  search: { search_term?: string };
  /** Some content is chosen. */
  select_content: { content_type?: string; content_id?: string };
  /** A video plays for the first time. */
  video_start: VideoParams;
  /** A milestone of a video was watched. */
  video_progress: VideoParams;
  /** All of a video was watched. */
  video_complete: VideoParams;
  /** A depth of the page, or of the box `element` that scrolls, was reached. */
  scroll: { percent_scrolled?: number; element?: string };
  /** A link to a file is followed. */
  file_download: {
    file_extension?: string;
    file_name?: string;
    link_url?: string;
  };
  /** A link to another site was followed. */
  click: { outbound?: boolean; link_domain?: string; link_url?: string };
  /** A page was left: how long it had the visitor's attention, and for how many seconds each twentieth of it was in view. */
  user_engagement: { engagement_time_msec?: number; attention?: number[] };
  /** The first field of a form is filled in. */
  form_start: { form_name?: string; first_field_name?: string };
  /** A form was sent. */
  form_submit: FormParams;
  /** A page is left with a form begun and not sent. */
  form_abandon: FormParams;
  /** The third click within a second each, on one spot. */
  rage_click: BarrierParams;
  /** A click to which nothing happens. */
  dead_click: BarrierParams;
  /** A click, and then an error that nobody caught. */
  error_click: BarrierParams & { error?: string };
  /** The pointer is thrown about. */
  thrashed_cursor: {};
  /** Back on the page before: from which page, after how many seconds. */
  quick_back: { page_location?: string; seconds?: number };
  /** A step of `funnels`. */
  funnel_step: {
    funnel_name?: string;
    step_name?: string;
    /** From 1. */
    step_index?: number;
    seconds_since_step?: number;
    steps_skipped?: number;
    /** The visitor had gone, and has come back. */
    resumed?: boolean;
  };
  /** A funnel was given up. */
  checkout_abandon: {
    funnel_name?: string;
    last_step?: string;
    step_index?: number;
    seconds_since_step?: number;
    last_field?: string;
    last_error?: string;
    reason?: "idle" | "left";
  };
}

/** Name of an event: one of `Events`, or any other of letters, digits and `_`, at most 40. */
export type EventName = keyof Events | (string & {});

/** What may be told along with an event of that name. */
export type EventParams<Name extends string> = Name extends keyof Events
  ? Events[Name] & Record<string, any>
  : Record<string, any>;

/** An event that an element names: `Track` of spoor/react, `v-track` of spoor/vue. Its parameters are texts, numbers or booleans. */
export type Markup<Name extends EventName = EventName> = {
  event: Name;
  /** The one item that it is about. */
  item?: EventItem;
} & ({} extends PlainParams<Name>
  ? { params?: PlainParams<Name> }
  : { params: PlainParams<Name> });

/** The parameters of an event that fit into an attribute. */
export type PlainParams<Name extends EventName> = Name extends keyof Events
  ? Plain<Events[Name]> & Record<string, Fact>
  : Record<string, Fact>;

type Fact = string | number | boolean | undefined;
type Plain<Params> = {
  [Key in keyof Params as Params[Key] extends Fact ? Key : never]: Params[Key];
};

/** A recognised step: by its `name`, TypeScript knows its `params`. One of your own has to be declared in `Events`, or the listener's
 * argument as `AnyConversion`. */
export type Conversion = {
  [Name in keyof Events]: {
    /** Name of the event. */
    name: Name;
    /** Its parameters, by GA4's names. */
    params: Events[Name] & Record<string, unknown>;
  };
}[keyof Events];

/** A recognised step of any name. */
export interface AnyConversion {
  name: string;
  params: Record<string, unknown>;
}

/** How things stand: enough to see why nothing arrives. */
export interface Status {
  state: "running" | "stopped" | "failed";
  /** Why it does not run. */
  reason?: string;
  /** The preset that is under the config. */
  preset?: string;
  /** Events that wait for their batch. */
  events_waiting?: number;
  /** Batches that wait for the collector. */
  batches_waiting?: number;
  /** What became of the last request. */
  last_outcome?: "done" | "later" | "refused" | "too_large" | "split";
  /** Milliseconds until the next try. */
  next_try_ms?: number;
  /** Losses not yet reported: reason -> count. */
  losses?: Record<string, number>;
  /** What was cut or left out to keep to a collector's limits: collector -> count. */
  trims?: Record<string, number>;
  /** How things stand with each collector, where there are several; of a single one, what it lost of batches that it took else. */
  collectors?: Record<
    string,
    {
      last_outcome?: "done" | "later" | "refused" | "too_large" | "split";
      batches_waiting?: number;
      /** Events that were lost: reason -> count. */
      lost?: Record<string, number>;
    }
  >;
}

/** The running tracker. No call of it throws; bad input is refused with a line in the console. */
export interface Spoor {
  /** Records an event: one of `Events` with its parameters, or one of your own. The name has letters, digits and `_`, at most 40. */
  track<Name extends EventName>(
    name: Name,
    ...params: {} extends EventParams<Name>
      ? [params?: EventParams<Name>]
      : [params: EventParams<Name>]
  ): void;
  /** Names the customer, over pages and visits. */
  identify(user: string): void;
  /** Says what the visitor has answered; from here on no banner is asked. A refusal forgets what was not sent. */
  consent(answer: Consent): void;
  /** Begins a page view, where the address does not tell. */
  page(): void;
  /** Sends what waits. */
  flush(): void;
  /** Sends what waits and unhooks everything. */
  stop(): void;
  /** Returns how things stand. */
  status(): Status;
  /** Calls `listener` for each conversion as it is recognised; returns the undo. */
  on(
    type: "conversion",
    listener: (conversion: Conversion) => void,
  ): () => void;
}

/** Starts spoor, once per page: further calls get the same promise.
 *
 * Never rejects and never throws. Where spoor cannot start (a fault in the config, Wasm barred by the page's CSP), one
 * line in the console says why, and the returned tracker does nothing. */
export function init(config: Config): Promise<Spoor>;
