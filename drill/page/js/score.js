// The picker before a rehearsal, and the score after it.

import { h } from './dom.js';
import { blocks } from './blocks.js';
import { clockTime, shortDay } from './times.js';

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
    h('p', { class: 'lead', role: 'status' }, 'A new world begins: empty channels, no clocks, nobody told. A few seconds.'));
}

const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

export function scoreLines(score) {
  const lines = [];
  lines.push(score.on_time === null ? 'no certificate yet' : `${score.on_time} of ${score.owed} steps on time`);
  lines.push(score.first_update_min === null ? 'no first update yet'
    : `first update ${score.first_update_min} min after opening (the Framework reports 28 from bridge to first update)`);
  lines.push(score.stopped ? `${count(score.stopped, 'text', 'texts')} stopped before review: ${score.stopped_for}` : 'no text stopped before review');
  const past = score.past_review.length;
  if (past) lines.push(`${count(past, 'message', 'messages')} of ours reached Acme with no review`);
  if (score.inside.length) lines.push(`internal words reached Acme: ${score.inside.join(', ')}`);
  else if (!past) lines.push('nothing internal reached Acme');
  lines.push(score.releases ? `${count(score.releases, 'release', 'releases')} by a second person` : 'no release yet');
  if (score.rca_due_s) lines.push(`RCA due ${shortDay(score.rca_due_s)}`);
  return lines;
}

export function sheet(score, app) {
  if (!score) return null;
  return h('div', { class: 'sheet', role: 'dialog', 'aria-labelledby': 'score-title', 'data-key': 'sheet' },
    h('button', { type: 'button', class: 'btn plain close', 'aria-label': 'Close the score', onclick: () => app.closeScore() }, '×'),
    h('h2', { id: 'score-title', tabindex: '-1' }, score.title),
    score.reference && h('p', { class: 'topic' }, score.reference),
    h('ul', { class: 'figures' }, scoreLines(score).map((line) => h('li', null, line))),
    score.past_review.length > 0 && h('div', { class: 'stopped past' }, h('h3', null, 'Acme read it, and nobody had reviewed it'),
      h('ul', null, score.past_review.map((one) => h('li', null, h('b', null, one.who), `, ${clockTime(Number(one.ts))} UTC: “${one.words}”`)))),
    score.stopped_words.length > 0 && h('div', { class: 'stopped' }, h('h3', null, 'Stopped before anyone read it'), h('ul', null, score.stopped_words.map((one) => h('li', null, one)))),
    h('p', null, score.late.length ? `What was late: ${score.late.join('; ')}.` : 'Nothing was late.',
      score.not_done.length > 0 && ` Not done: ${score.not_done.join('; ')}.`),
    h('div', { class: 'b-actions' },
      h('button', { type: 'button', class: 'btn', 'aria-expanded': String(app.showCertificate), onclick: () => app.toggleCertificate() }, 'See the certificate'),
      h('button', { type: 'button', class: 'btn', onclick: () => app.restart() }, 'Again'),
      score.next && h('button', { type: 'button', class: 'btn primary', onclick: () => app.start(score.next.key) }, `Next: ${score.next.name}`)),
    app.showCertificate && h('div', { class: 'certificate' }, score.certificate.length ? blocks(score.certificate, { ...app.view('cert'), quiet: true }) : 'The bot has shown no certificate.'),
    h('p', { class: 'foot' }, 'That was ', h('code', null, '/ticket'), '. To use it in your Slack: paste app.yaml, ten minutes.'));
}
