// The finish: what was nearly sent, what the customer read, and the hour in between.

import { h } from './dom.js';
import { blocks } from './blocks.js';
import { scoreLines } from './score.js';
import { clockTime } from './times.js';

export function finish(score, app) {
  if (!score) return null;
  const side = (title, empty, list) => h('section', { class: 'side', 'aria-label': title, tabindex: '0' }, h('h3', null, title), list.length ? h('ul', null, list) : h('p', { class: 'empty' }, empty));
  return h('div', { class: 'sheet', role: 'dialog', 'aria-labelledby': 'score-title', 'data-key': 'sheet' },
    h('button', { type: 'button', class: 'btn plain close', 'aria-label': 'Close the score', onclick: () => app.closeScore() }, '×'),
    h('div', { class: 'finish' },
      h('header', null,
        h('div', null, h('h2', { id: 'score-title', tabindex: '-1' }, score.title), score.reference && h('p', { class: 'topic' }, score.reference)),
        h('div', { class: 'b-actions' },
          h('button', { type: 'button', class: 'btn', onclick: () => app.copyImage() }, 'Copy image'),
          h('button', { type: 'button', class: 'btn', 'aria-expanded': String(app.showCertificate), onclick: () => app.toggleCertificate() }, 'Certificate'),
          h('button', { type: 'button', class: 'btn', onclick: () => app.restart() }, 'Again'),
          score.next && h('button', { type: 'button', class: 'btn primary', onclick: () => app.start(score.next.key) }, `Next: ${score.next.name}`))),
      app.told && h('p', { class: 'topic', role: 'status' }, app.told),
      h('p', { class: 'figure' }, h('b', null, figureOf(score)), h('span', null, score.figure.says)),
      h('div', { class: 'two-sides' },
        side('Nearly sent', 'Nothing was stopped.', score.nearly.map((one) => h('li', null, h('s', null, one.words), h('p', { class: 'why' }, h('b', null, one.who), `: ${one.why}`)))),
        side(`What ${score.customer} read`, 'Nothing yet.', score.read.map((one) => h('li', null, h('span', { class: 'when' }, `T+${one.minute}`), one.words.map((line) => h('p', { class: isHeading(line) ? 'heading' : undefined }, line)))))),
      hour(score),
      h('details', { class: 'more-figures', open: score.late.length + score.not_done.length + score.past_review.length + score.inside.length > 0 }, h('summary', null, 'In figures'),
        h('ul', { class: 'figures' }, scoreLines(score).map((line) => h('li', null, line))),
        score.past_review.length > 0 && h('div', { class: 'stopped past' }, h('h3', null, `${score.customer} read it, and nobody had reviewed it`),
          h('ul', null, score.past_review.map((one) => h('li', null, h('b', null, one.who), `, ${clockTime(Number(one.ts), app.view('finish').me.time_zone)}: “${one.words}”`)))),
        score.wrong.length > 0 && h('p', null, `${score.wrong.join('. ')}.`),
        h('p', null, score.late.length ? `What was late: ${score.late.join('; ')}.` : 'Nothing was late.',
          score.not_done.length > 0 && ` Not done: ${score.not_done.join('; ')}.`)),
      app.showCertificate && h('div', { class: 'certificate' }, score.certificate.length ? blocks(score.certificate, { ...app.view('cert'), quiet: true }) : 'The bot has shown no certificate.'),
      h('p', { class: 'foot' }, 'That was ', h('code', null, '/ticket'), '. To use it in your Slack: paste app.yaml, ten minutes.')));
}

export const figureOf = (score) => (score.figure.value === null ? '–' : String(score.figure.value));

export const isHeading = (line) => line.length < 28 && !/[.:,]/.test(line);

// Each mark with the lowest row in which its words touch no other's; wide is what a letter takes, in parts of the line.
export function inRows(marks, span, wide) {
  const ends = [];
  return marks.map((one) => {
    const at = one.minute / span, length = (`T+${one.minute} `.length + one.says.length + 2) * wide, isEnd = at + length > 1;
    const [from, to] = isEnd ? [at - length, at] : [at, at + length];
    let row = ends.findIndex((taken) => taken.every(([a, b]) => to < a || from > b));
    if (row < 0) row = ends.push([]) - 1;
    ends[row].push([from, to]);
    return { ...one, at, isEnd, row };
  });
}

// The hour as a line: each mark at its minute.
function hour(score) {
  const span = Math.max(60, ...score.hour.map((one) => one.minute));
  return h('section', { class: 'hour', 'aria-label': 'The hour' },
    h('ol', null, inRows(score.hour, span, 1 / 150).map((one) => h('li', { style: `--at: ${(one.at * 100).toFixed(1)}%; --row: ${one.row}`, class: one.isEnd ? 'end' : undefined }, h('b', null, `T+${one.minute}`), ` ${one.says}`))),
    h('p', { class: 'ends', 'aria-hidden': 'true' }, h('span', null, 'opened'), h('span', null, `T+${span}`)));
}
