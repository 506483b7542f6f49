// Talking to the local Slack.

async function json(path, options) {
  const got = await fetch(path, options);
  const body = await got.json();
  if (!got.ok) throw new Error(body.error || `The drill answered ${got.status}.`);
  return body;
}

const post = (path, body) => json(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body || {}),
});

export const load = (who, read) =>
  json(`/drill/play?${new URLSearchParams({ ...(who && { as: who }), ...(read && { read }) })}`);
export const act = (who, order) => post('/drill/act', { as: who, ...order });
export const start = (scenario) => post('/drill/play/start', { scenario });
export const leave = () => post('/drill/play/leave');
export const clock = (order) => post('/drill/play/clock', order);
export const be = (order) => post('/drill/play/be', order);
export const offer = () => post('/drill/play/offer');
export const score = () => json('/drill/play/score');

export function watch(changed) {
  const stream = new EventSource('/drill/events');
  stream.onmessage = () => changed();
  stream.onerror = () => changed();
  return stream;
}
