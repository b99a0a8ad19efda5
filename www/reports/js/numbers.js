// Numbers as a person reads them, and whether they say anything.

/** Below this many visits on either side a share is chance. */
export const FEWEST_VISITS = 30;
/** Below this many purchases in all, so is a comparison. */
export const FEWEST_REACHED = 10;
/** Differences that chance makes in one of twenty comparisons are not told: the 95 % bound of a normal distribution. */
const CERTAIN = 1.96;

const whole = new Intl.NumberFormat("en");
const oneDigit = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** 1234 -> "1,234" */
export const count = (number) => whole.format(number);

/** 1, "visit" -> "1 visit"; 2, "visit" -> "2 visits" */
export const many = (number, what) =>
  `${count(number)} ${what}${number === 1 ? "" : "s"}`;

/** 0.0432 -> "4.3%"; from 10 % on without decimals. */
export function percent(share) {
  if (share == null) return "–";
  const value = share * 100;
  if (value > 0 && value < 0.1) return "under 0.1%";
  if (value >= 10 || value === 0) return `${Math.round(value)}%`;
  return `${oneDigit.format(value)}%`;
}

/** 83000 -> "1 min 23 s" */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    const rest = minutes < 10 ? seconds % 60 : 0;
    return rest ? `${minutes}\u00a0min ${rest}\u00a0s` : `${minutes}\u00a0min`;
  }
  return `${oneDigit.format(seconds / 3600)}\u00a0h`;
}

/** Amount in a currency, such as "€19.90"; empty where there is none. */
export function money(params) {
  if (typeof params?.value !== "number") return "";
  try {
    const currency = params.currency;
    const style = currency ? { style: "currency", currency } : {};
    return new Intl.NumberFormat("en", style).format(params.value);
  } catch {
    return oneDigit.format(params.value); // not a currency's code
  }
}

/**
 * Compares the shares of visits that reached the goal with and without something.
 * Returns `{ verdict: "few" | "same" | "more" | "less", times }`.
 */
export function compare(one, other) {
  if (!one || !other) return { verdict: "few" };
  const visits = Math.min(one.visits, other.visits);
  const reached = one.reached + other.reached;
  if (visits < FEWEST_VISITS || reached < FEWEST_REACHED) {
    return { verdict: "few" };
  }
  const pooled = reached / (one.visits + other.visits);
  const spread = Math.sqrt(
    pooled * (1 - pooled) * (1 / one.visits + 1 / other.visits),
  );
  const apart = (one.share - other.share) / spread;
  const times = one.share / other.share;
  if (!(Math.abs(apart) >= CERTAIN)) return { verdict: "same", times };
  return { verdict: apart > 0 ? "more" : "less", times };
}

/** 3.14 -> "3.1 times as often"; Infinity -> "and the others did not" is the caller's matter. */
export function times(factor) {
  if (factor >= 0.95 && factor <= 1.05) return "as often";
  const rounded = factor >= 10 ? Math.round(factor) : oneDigit.format(factor);
  return factor < 0.1 ? "hardly ever" : `${rounded} times as often`;
}
