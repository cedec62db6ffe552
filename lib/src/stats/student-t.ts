/**
 * Returns the quantile of Student's t distribution by bisection of its distribution function in closed form, which
 * exists for whole degrees of freedom; fractional ones are interpolated, log t over 1 / degrees, at most 3 % too far out.
 *
 * simple-statistics has no t quantile.
 *
 * @param p probability, strictly between 0 and 1
 * @param degrees degrees of freedom, ≥ 1
 * @throws RangeError if p or degrees is outside its range
 * @see https://personal.math.ubc.ca/~cbm/aands/page_948.htm Abramowitz & Stegun 26.7.3 and 26.7.4
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`p must be a probability strictly between 0 and 1; got ${p}`);
  if (!(degrees >= 1 && Number.isFinite(degrees)))
    throw new RangeError(`degrees must be ≥ 1; got ${degrees}`);
  const whole = Math.floor(degrees);
  const below = wholeDegreesQuantile(p, whole);
  if (whole === degrees) return below;
  const share = (1 / whole - 1 / degrees) / (1 / whole - 1 / (whole + 1));
  const above = wholeDegreesQuantile(p, whole + 1);
  return Math.sign(below) * Math.abs(below) ** (1 - share) * Math.abs(above) ** share;
}

/**
 * Returns the probability that a t distributed variable is at most t; fractional degrees are interpolated over 1 / degrees.
 *
 * @param degrees degrees of freedom, ≥ 1
 * @throws RangeError if degrees is outside its range
 */
export function studentTProbability(t: number, degrees: number): number {
  if (!(degrees >= 1 && Number.isFinite(degrees)))
    throw new RangeError(`degrees must be ≥ 1; got ${degrees}`);
  const whole = Math.floor(degrees);
  const central = (of: number) => centralProbability(Math.atan(Math.abs(t) / Math.sqrt(of)), of);
  const share = (1 / whole - 1 / degrees) / (1 / whole - 1 / (whole + 1));
  const both = (1 - share) * central(whole) + share * central(whole + 1);
  return 0.5 + (Math.sign(t) * both) / 2;
}

function wholeDegreesQuantile(p: number, degrees: number): number {
  // θ = atan(t / √ν) turns the whole line into (−π/2, π/2), where bisection needs no starting bracket.
  const central = Math.abs(2 * p - 1);
  let low = 0;
  let high = Math.PI / 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, degrees) < central) low = middle;
    else high = middle;
  }
  return Math.sign(p - 0.5) * Math.tan((low + high) / 2) * Math.sqrt(degrees);
}

function centralProbability(theta: number, degrees: number): number {
  const sin = Math.sin(theta);
  const cos = Math.cos(theta);
  const odd = degrees % 2 === 1;
  let term = odd ? cos : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees - 1; k += 2) {
    term *= (cos * cos * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + sin * sum) : sin * sum;
}
