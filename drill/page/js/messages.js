// Messages of a channel as one person sees them.

import { h } from './dom.js';
import { blocks } from './blocks.js';
import { mrkdwn } from './mrkdwn.js';
import { clockTime, dayAndTime, hover } from './times.js';

export function messageList(channel, view, app) {
  const shown = channel.messages.filter((m) => !isQuiet(m));
  const pinned = new Set(channel.pins || []);
  const roots = shown.filter((m) => !m.thread_ts || m.thread_ts === m.ts || !shown.some((r) => r.ts === m.thread_ts));
  return roots.filter((m) => !pinned.has(m.ts)).map((root) => {
    const replies = shown.filter((m) => m.thread_ts === root.ts && m.ts !== root.ts);
    return h('div', { class: 'turn', 'data-key': root.ts },
      message(root, channel, view, app),
      replies.length > 0 && h('div', { class: 'thread', 'aria-label': `${replies.length} in the thread` },
        replies.map((reply) => message(reply, channel, view, app))));
  });
}

const isQuiet = (m) => ['channel_join', 'channel_leave', 'channel_topic', 'channel_purpose', 'bookmark_add', 'pinned_item', 'channel_name']
  .includes(m.subtype) && !m.blocks;

export function message(m, channel, base, app) {
  const name = base.names.get(m.user) || 'Somebody';
  const isBot = m.user === base.bot;
  const alone = Boolean(m.for_user);
  const view = {
    ...base, key: `${base.key}/${m.ts}`,
    press: (action, label, url) => app.press(channel, m, action, label, url),
    fill: (block, value) => app.pick(channel, m, block, value),
    values: {}, typed: () => {}, flush: () => {}, search: () => null,
  };
  return h('article', { class: `msg${alone ? ' alone' : ''}`, id: `${base.key}-${m.ts}`, 'data-key': `m${m.ts}`, 'data-ts': m.ts },
    h('span', { class: `face ${isBot ? 'bot' : ''}`, 'aria-hidden': 'true', style: isBot ? null : `--tint:${tint(m.user)}` }, isBot ? 'B' : initials(name)),
    h('div', { class: 'msg-body' },
      h('p', { class: 'msg-head' }, h('b', null, name), isBot && h('span', { class: 'app-tag' }, 'APP'), stamp(m, base)),
      m.blocks?.some((one) => one.type !== 'rich_text') ? blocks(m.blocks, view) : h('div', { class: 'words' }, mrkdwn(m.text || '', view)),
      m.edited && h('span', { class: 'edited' }, '(edited)'),
      alone && h('p', { class: 'alone-note' }, 'Only visible to you')),
    !base.quiet && !alone && tools(m, channel, view, app));
}

const stamp = (m, view) => h('time', { class: 'stamp', title: `${dayAndTime(Number(m.ts))} UTC` }, clockTime(Number(m.ts), view.me.time_zone));

function tools(m, channel, view, app) {
  const key = `${view.key}/tools`, open = view.menu() === key;
  const run = (shortcut) => () => { view.setMenu(null); app.shortcut(channel, m, shortcut); };
  const reply = () => { view.setMenu(null); app.replyTo(channel, m); };
  return h('span', { class: `tools menu-of${open ? ' open' : ''}` },
    h('button', {
      type: 'button', class: 'btn small', 'aria-label': `More for the message of ${view.names.get(m.user) || 'somebody'}`,
      'aria-haspopup': 'menu', 'aria-expanded': String(open), onclick: () => view.setMenu(open ? null : key),
    }, '…'),
    open && h('div', { class: 'menu left', role: 'menu' },
      app.shortcuts(view.me).map((one) => h('button', { type: 'button', role: 'menuitem', onclick: run(one) }, one.name)),
      h('button', { type: 'button', role: 'menuitem', onclick: reply }, 'Reply in thread')));
}

export const initials = (name) => name.split(' ').map((word) => word[0]).slice(0, 2).join('');

export function tint(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return `hsl(${sum} 38% 38%)`;
}

export { hover };
