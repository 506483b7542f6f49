// The picker before a rehearsal, and the score's lines after it.

import { h } from './dom.js';
import { shortDay } from './times.js';

export function picker(data, app) {
  return h('main', { class: 'picker', 'data-key': 'picker' },
    h('h1', null, 'What shall go wrong?'),
    h('p', { class: 'lead' }, 'The whole product against a Slack on this machine. You play any side; time waits for you.'),
    h('div', { class: 'cards' }, data.play.scenarios.map((one) => h('section', { class: `card ${one.first ? 'first' : ''}`, 'data-key': one.key, 'aria-labelledby': `s-${one.key}` },
      one.first && h('p', { class: 'flag' }, 'Start here'),
      h('h2', { id: `s-${one.key}` }, one.name),
      h('p', null, one.story),
      h('button', { type: 'button', class: `btn ${one.first ? 'primary' : ''}`, 'data-first': one.first || undefined, onclick: () => app.start(one.key), 'aria-describedby': `s-${one.key}` },
        'Start')))),
    h('p', { class: 'foot' }, 'Keys: 1-9 persona, n next step, space run or stop, / write.'));
}

export function beginning(data, app) {
  const named = data.play.scenarios.find((one) => one.key === app.starting);
  return h('main', { class: 'picker', 'data-key': 'beginning' },
    h('h1', null, named.name),
    h('p', { class: 'lead', role: 'status' }, named.days ? before(data.play.prepared) : 'A new world begins: empty channels, no clocks, nobody told. A few seconds.'));
}

// What one waits for: what happened before is done by the people of it, one after the other.
const before = (done) => `What came before is done first, as people do it: ${done ? `${done.done} of ${done.of}` : 'a new world begins'}. About ten seconds.`;

const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

export function scoreLines(score) {
  const { customer } = score;
  const lines = [];
  if (score.desk) lines.push(`all teams: ${score.desk}`);
  if (!score.certificate.length) lines.push('no certificate yet');
  if (score.owed) lines.push(`${score.on_time} of ${score.owed} steps on time`);
  if (score.answered_min !== null) lines.push(`${customer} had an answer after ${score.answered_min} min`);
  else lines.push(score.first_update_min === null ? 'no first update yet'
    : `first update ${score.first_update_min} min after opening (the Framework reports 28 from bridge to first update)`);
  lines.push(score.stopped ? `${count(score.stopped, 'text', 'texts')} stopped before review: ${score.stopped_for}` : 'no text stopped before review');
  const past = score.past_review.length;
  if (past) lines.push(`${count(past, 'message', 'messages')} of ours reached ${customer} with no review`);
  if (score.inside.length) lines.push(`internal words reached ${customer}: ${score.inside.join(', ')}`);
  else if (!past) lines.push(`nothing internal reached ${customer}`);
  if (score.releases || score.answered_min === null) lines.push(score.releases ? `${count(score.releases, 'release', 'releases')} by a second person` : 'no release yet');
  if (score.rca_due_s) lines.push(`RCA due ${shortDay(score.rca_due_s)}`);
  return lines;
}
