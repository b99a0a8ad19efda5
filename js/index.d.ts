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

/** Tells a conversion by a click. */
export interface ClickRule {
  /** CSS selector of the elements. */
  selector: string;
  /** Facts of the item, by GA4's names: `item_id`, `item_name`, `price`, `quantity` ... */
  item?: Record<string, Field>;
  /** Parameters of the event. */
  params?: Record<string, Field>;
  /** How it was done, as a word: `"newsletter"`. */
  method?: Field;
  /** Amount; the item's price times its quantity where nothing is said. */
  value?: Field;
  /** ISO 4217 code; read from the price's sign where nothing is said. */
  currency?: Field;
  /** Number of the order. */
  transaction_id?: Field;
}

/** Tells a conversion by a submitted form. */
export interface FormRule extends Omit<ClickRule, "selector"> {
  /** CSS selector of the form. */
  form: string;
}

/** A rule: a selector for clicks, or more of it. */
export type Rule = string | ClickRule | FormRule;

/** Follows HTML5 videos. */
export interface VideoRule {
  /** CSS selector of the videos. Default `"video"`. */
  selector?: string;
  /** Percentages really watched at which `video_progress` is told. Default `[10, 25, 50, 75]`. */
  milestones?: number[] | boolean;
}

export interface Config {
  /** Address to post to: `"/collect"`, or absolute. Required. */
  collector: string;
  /** Name of the shop. Default: the page's host. */
  site?: string;
  /** What to recognise: name of the event -> rule or rules. GA4's names where GA4 has one. */
  track?: {
    video?: string | VideoRule;
    /** Percentages of the page at which `scroll` is told; `true` for 25, 50, 75, 90. */
    scroll?: number[] | boolean;
    [event: string]: Rule | Rule[] | VideoRule | number[] | boolean | undefined;
  };
  /** Points for heatmaps. Default: none. */
  heatmap?:
    boolean | { /** Clicks and taps. Default `true`. */ clicks?: boolean };
  /** Whether nothing starts where the browser sends Global Privacy Control. Default `true`. */
  gpc?: boolean;
}

/** A recognised step. */
export interface Conversion {
  /** Name of the event. */
  name: string;
  /** Its parameters, by GA4's names. */
  params: Record<string, unknown>;
}

/** How things stand: enough to see why nothing arrives. */
export interface Status {
  state: "running" | "stopped" | "failed";
  /** Why it does not run. */
  reason?: string;
  /** Events that wait for their batch. */
  events_waiting?: number;
  /** Batches that wait for the collector. */
  batches_waiting?: number;
  /** What became of the last request. */
  last_outcome?: "done" | "later" | "refused" | "too_large";
  /** Milliseconds until the next try. */
  next_try_ms?: number;
  /** Losses not yet reported: reason -> count. */
  losses?: Record<string, number>;
}

/** The running tracker. No call of it throws; bad input is refused with a line in the console. */
export interface Spoor {
  /** Records an event of your own. The name has letters, digits and `_`, at most 40. */
  track(name: string, params?: Record<string, unknown>): void;
  /** Names the customer, over pages and visits. */
  identify(user: string): void;
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
