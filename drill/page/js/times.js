// Instants on the page: all in the zone of whoever is played, as in Slack; UTC where one points.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options }));
  }
  return formats.get(key);
}

export const clockTime = (seconds, zone = 'UTC') =>
  format(zone, { hour: '2-digit', minute: '2-digit' }).format(seconds * 1000);

export function parts(seconds, zone = 'UTC') {
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' };
  return Object.fromEntries(format(zone, options).formatToParts(seconds * 1000).map((p) => [p.type, p.value]));
}

export function dayAndTime(seconds, zone = 'UTC') {
  const p = parts(seconds, zone);
  return `${p.weekday} ${p.day} ${p.month} ${p.year}, ${p.hour}:${p.minute}`;
}

export const shortDay = (seconds, zone = 'UTC') => {
  const p = parts(seconds, zone);
  return `${p.day} ${p.month}`;
};

export const dayOf = (seconds, zone = 'UTC') =>
  format(zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(seconds * 1000).replace(',', '');

// The hour today; with its day when it is another day.
export function dayIfOther(seconds, now, zone = 'UTC') {
  const p = parts(seconds, zone);
  return dayOf(seconds, zone) === dayOf(now, zone) ? clockTime(seconds, zone) : `${p.weekday} ${p.day} ${p.month}, ${p.hour}:${p.minute}`;
}

export const city = (zone) => zone.split('/').pop().replaceAll('_', ' ');

export const hover = (seconds) => `${dayAndTime(seconds)} UTC`;

// <!date^SECONDS^FORMAT|FALLBACK>, as Slack's clients read it.
export function dateToken(seconds, wanted, zone, nowSeconds) {
  const p = parts(seconds, zone), dayAway = (days) => dayOf(seconds, zone) === dayOf(nowSeconds + days * 86400, zone);
  const near = dayAway(0) ? 'today' : dayAway(1) ? 'tomorrow' : dayAway(-1) ? 'yesterday' : '', pretty = (text) => near || text;
  const words = {
    time: `${p.hour}:${p.minute}`,
    time_secs: `${p.hour}:${p.minute}`,
    date_num: `${p.year}-${p.month}-${p.day}`,
    date: `${p.day} ${p.month} ${p.year}`,
    date_short: `${p.day} ${p.month} ${p.year}`,
    date_long: `${p.weekday} ${p.day} ${p.month} ${p.year}`,
    date_pretty: pretty(`${p.weekday} ${p.day} ${p.month}`),
    date_short_pretty: pretty(`${p.weekday} ${p.day} ${p.month}`),
    date_long_pretty: pretty(`${p.weekday} ${p.day} ${p.month}`),
  };
  return wanted.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}

// A wall clock of a zone to seconds and back, for <input type=datetime-local>.
export function toWall(seconds, zone) {
  const f = format(zone, { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  const p = Object.fromEntries(f.formatToParts(seconds * 1000).map((x) => [x.type, x.value]));
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

export function fromWall(text, zone) {
  const asUtc = Date.parse(`${text}Z`) / 1000;
  const shift = Date.parse(`${toWall(asUtc, zone)}Z`) / 1000 - asUtc;
  return asUtc - shift;
}
