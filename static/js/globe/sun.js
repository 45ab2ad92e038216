/* Where the sun is, and how far the earth has turned. Times are milliseconds since 1970 (UTC, taken for UT1: under a
   second apart, 0.004°). The twin of tracker/sky.py. */

const DEGREE = Math.PI / 180;
const DAY = 86_400_000;
const J2000 = Date.UTC(2000, 0, 1, 12);

/** Greenwich mean sidereal time in radians, 0 to 2π (IAU 1982; the formula that SGP4 uses). */
export function siderealTime(milliseconds) {
  const centuries = centuriesSince2000(milliseconds);
  const seconds =
    67_310.54841 +
    (876_600 * 3600 + 8_640_184.812866) * centuries +
    0.093104 * centuries ** 2 -
    6.2e-6 * centuries ** 3;
  return modulo((seconds / 240) * DEGREE, 2 * Math.PI);
}

/** A unit vector to the sun, in the frame of the mean equinox of the date (SGP4's TEME, near enough).

   Jean Meeus, Astronomical Algorithms (2nd edition, 1998), chapter 25, "low accuracy": 0.01°. Nutation is left out
   here and in the sidereal time above, so that it falls out of the sun's longitude; aberration (0.00569°) stays. */
export function sunDirection(milliseconds) {
  const t = centuriesSince2000(milliseconds);
  const anomaly = (357.52911 + 35_999.05029 * t - 0.0001537 * t * t) * DEGREE;
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t * t) * Math.sin(anomaly) +
    (0.019993 - 0.000101 * t) * Math.sin(2 * anomaly) +
    0.000289 * Math.sin(3 * anomaly);
  const longitude = (280.46646 + 36_000.76983 * t + 0.0003032 * t * t + centre - 0.00569) * DEGREE;
  const obliquity = (23.43929111 - 0.01300417 * t) * DEGREE;
  const across = Math.sin(longitude);
  return [Math.cos(longitude), across * Math.cos(obliquity), across * Math.sin(obliquity)];
}

/** [longitude, latitude] in degrees of the place that has the sun overhead. */
export function subSolarPoint(milliseconds) {
  const [x, y, z] = sunDirection(milliseconds);
  const longitude = (Math.atan2(y, x) - siderealTime(milliseconds)) / DEGREE;
  return [modulo(longitude + 180, 360) - 180, Math.asin(z) / DEGREE];
}

function centuriesSince2000(milliseconds) {
  return (milliseconds - J2000) / (36_525 * DAY);
}

function modulo(value, whole) {
  return ((value % whole) + whole) % whole;
}
