// Medians, and ratios of runs that stood beside each other.
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values) => quantile(values, 0.5);

/** Each round's value against the base's value of the same round. */
export function ratios(values, base) {
  if (values.length !== base.length) {
    throw new Error(`${values.length} rounds against ${base.length}`);
  }
  return values.map((value, i) => value / base[i]);
}

/** Three digits that matter: 0.0123, 1.23, 123, 12,300. */
export function short(value) {
  if (value === 0) {
    return "0";
  }
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US", { minimumFractionDigits: Math.min(digits, 2), maximumFractionDigits: digits });
}

export const isOurs = (name) => name.startsWith("gkflow");
