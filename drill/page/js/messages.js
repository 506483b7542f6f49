// Messages of a channel as one person sees them.

import { h } from './dom.js';
import { blocks } from './blocks.js';
import { menu } from './menus.js';
import { marked, mrkdwn } from './mrkdwn.js';
import { clockTime, dayOf, hover } from './times.js';

export function messageList(channel, view, app) {
  const shown = channel.messages.filter((m) => !isQuiet(m));
  const pinned = new Set(channel.pins || []);
  const roots = shown.filter((m) => !m.thread_ts || m.thread_ts === m.ts || !shown.some((r) => r.ts === m.thread_ts));
  let day = '';
  return roots.filter((m) => !pinned.has(m.ts)).flatMap((root) => {
    const replies = shown.filter((m) => m.thread_ts === root.ts && m.ts !== root.ts);
    const before = day;
    day = dayOf(Number(root.ts), view.me.time_zone);
    return [
      day !== before && h('p', { class: 'day', 'data-key': `day-${day}` }, h('span', null, day)),
      h('div', { class: 'turn', 'data-key': root.ts },
        message(root, channel, view, app),
        replies.length > 0 && h('div', { class: 'thread', role: 'group', 'aria-label': `${replies.length} in the thread` },
          replies.map((reply) => message(reply, channel, view, app)))),
    ];
  });
}

const isQuiet = (m) => ['channel_join', 'channel_leave', 'channel_topic', 'channel_purpose', 'bookmark_add', 'pinned_item', 'channel_name']
  .includes(m.subtype) && !m.blocks;

export function message(m, channel, base, app) {
  const name = base.names.get(m.user) || 'Somebody';
  const isBot = m.user === base.bot;
  const alone = Boolean(m.for_user);
  const view = {
    ...base, key: `${base.key}/${m.ts}`, led: base.led && ((label, whose) => base.led(label, whose) && base.meant(m)),
    press: (action, label, url) => app.press(channel, m, action, label, url),
    fill: (block, value) => app.pick(channel, m, block, value),
    values: {}, typed: () => {}, flush: () => {}, search: () => null,
  };
  return h('article', { class: `msg${alone ? ' alone' : ''}`, id: `${base.key}-${m.ts}`, 'data-key': `m${m.ts}`, 'data-ts': m.ts },
    h('span', { class: `face ${isBot ? 'bot' : ''}`, 'aria-hidden': 'true', style: isBot ? null : `--tint:${tint(m.user)}` }, isBot ? 'B' : initials(name)),
    h('div', { class: 'msg-body' },
      h('p', { class: 'msg-head' }, h('b', null, name), isBot && h('span', { class: 'app-tag' }, 'APP'), stamp(m, base)),
      m.blocks?.some((one) => one.type !== 'rich_text') ? blocks(m.blocks, view) : h('div', { class: 'words' }, mrkdwn(alone && base.arrived ? base.arrived(m.text || '', m.ts) : m.text || '', view)),
      m.edited && h('span', { class: 'edited' }, '(edited)'),
      m.reactions?.length > 0 && h('p', { class: 'reactions' }, m.reactions.map((one) => h('span', { title: one.users.map((id) => base.names.get(id) || 'somebody').join(', ') }, marked(`:${one.name}:`), ` ${one.count}`))),
      alone && h('p', { class: 'alone-note' }, 'Only visible to you')),
    !base.quiet && !alone && tools(m, channel, view, app));
}

const stamp = (m, view) => h('time', { class: 'stamp', title: hover(Number(m.ts)) }, clockTime(Number(m.ts), view.me.time_zone));

function tools(m, channel, view, app) {
  const name = view.names.get(m.user) || 'somebody';
  const led = view.led && ((label) => view.led(label, name));
  const choices = [
    ...app.shortcuts(view.me).map((one) => ({ label: one.name, go: () => app.shortcut(channel, m, one) })),
    { label: 'Reply in thread', go: () => app.replyTo(channel, m) },
  ];
  return menu({ ...view, led }, `${view.key}/tools`, { face: '…', name: `More for the message of ${name}`, choices, kind: 'tools', button: 'btn small' });
}

export const initials = (name) => name.split(' ').map((word) => word[0]).slice(0, 2).join('');

export function tint(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return `hsl(${sum} 38% 33%)`;
}
