// Slack's mrkdwn as nodes of the page. No HTML is ever made from text.

import { h } from './dom.js';
import { city, dateToken, dayAndTime } from './times.js';

const TOKEN = /<([^<>]+)>/g;
const STYLES = [['`', 'code'], ['*', 'strong'], ['_', 'em'], ['~', 's']];
const unescape = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export function mrkdwn(text, view) {
  const out = [];
  let quote = null;
  for (const line of text.split('\n')) {
    const quoted = line.startsWith('&gt;') || (line.startsWith('>') && !line.startsWith('>>>'));
    if (quoted) {
      if (!quote) out.push(quote = h('blockquote'));
      else quote.append(h('br'));
      quote.append(...inline(line.replace(/^(&gt;|>) ?/, ''), view));
      continue;
    }
    if (out.length && !quote) out.push(h('br'));
    quote = null;
    out.push(...inline(line, view));
  }
  return out;
}

function inline(text, view) {
  const held = [];
  const flat = text.replace(TOKEN, (whole, body) => {
    const node = token(body, view);
    if (node === null) return whole;
    held.push(node);
    return `\u0001${held.length - 1}\u0002`;
  });
  return styled(flat, held);
}

function styled(text, held) {
  for (const [mark, tag] of STYLES) {
    const found = span(text, mark);
    if (!found) continue;
    const [from, to] = found;
    const inner = text.slice(from + 1, to);
    const body = tag === 'code' ? plain(inner, held) : styled(inner, held);
    return [...styled(text.slice(0, from), held), h(tag, null, body), ...styled(text.slice(to + 1), held)];
  }
  return plain(text, held);
}

function span(text, mark) {
  for (let from = text.indexOf(mark); from >= 0; from = text.indexOf(mark, from + 1)) {
    const before = text[from - 1] ?? ' ', inside = text[from + 1] ?? ' ';
    if (/[\p{L}\p{N}]/u.test(before) || (mark !== '`' && inside === ' ') || inside === mark) continue;
    for (let to = text.indexOf(mark, from + 1); to > 0; to = text.indexOf(mark, to + 1)) {
      const last = text[to - 1], after = text[to + 1] ?? ' ';
      if ((mark === '`' || last !== ' ') && !/[\p{L}\p{N}]/u.test(after)) return [from, to];
    }
  }
  return null;
}

function plain(text, held) {
  return text.split(/\u0001(\d+)\u0002/).flatMap((part, n) => (n % 2 ? held[Number(part)] : marked(unescape(part))))
    .filter((part) => part !== '');
}

// Drawn, so that a machine without an emoji font shows them too; the sign stays in the text.
const MARKS = { '✅': 'done', '🔴': 'late', '⬜': 'later', '▶': 'now', '⏭': 'skipped', '➖': 'waived', '⏸': 'paused', '🎫': 'ticket' };
// The short names that the product and its people use; any other stays as it was written.
const SHORT = { ':warning:': '⚠', ':ticket:': '🎫' };

export function marked(words) {
  return words.replaceAll(/:\w+:/g, (name) => SHORT[name] || name).split(/(✅|🔴|⬜|▶|⏭|➖|⏸|🎫)\uFE0F?/u).map((part) => (MARKS[part] ? h('span', { class: `mark ${MARKS[part]}` }, part) : part));
}

export function token(body, view) {
  const bar = body.indexOf('|');
  const target = bar < 0 ? body : body.slice(0, bar), label = bar < 0 ? '' : unescape(body.slice(bar + 1));
  if (target.startsWith('@')) return person(target.slice(1), label, view);
  if (target.startsWith('#')) return channel(target.slice(1), label, view);
  if (target.startsWith('!date^')) return date(target, label, view);
  if (target.startsWith('!')) return h('span', { class: 'mention' }, `@${label || target.slice(1).split('^')[0]}`);
  if (/^(https?|mailto|tel):/.test(target)) return link(unescape(target), label, view);
  return null;
}

const person = (id, label, view) =>
  h('span', { class: id === view.me.id ? 'mention me' : 'mention' }, `@${view.names.get(id) || label || id}`);

function channel(id, label, view) {
  const name = view.channelNames.get(id);
  if (!name) return h('span', { class: 'mention' }, `#${label || 'private channel'}`);
  return h('button', { class: 'link mention', type: 'button', onclick: () => view.jump(id) }, `#${name}`);
}

function date(target, label, view) {
  const [, seconds, wanted] = target.split('^');
  const zone = view.me.time_zone;
  return h('time', { title: `${dayAndTime(seconds)} UTC · shown in ${city(zone)} time` },
    dateToken(Number(seconds), wanted || '', zone, view.now) || label);
}

export function link(target, label, view) {
  const inside = target.match(/\/archives\/(\w+)(?:\/p(\d{10})(\d{6}))?/);
  if (inside) {
    const go = () => view.jump(inside[1], inside[2] && `${inside[2]}.${inside[3]}`);
    return h('button', { class: 'link', type: 'button', onclick: go }, label || 'message');
  }
  const told = () => view.tell(`In Slack this opens ${target}. The drill opens nothing outside.`);
  return h('button', { class: 'link', type: 'button', title: target, onclick: told }, label || target.replace(/^(mailto|tel):/, ''));
}

export const plainText = (text) => String(text ?? '');
