// The chosen channel in the middle.

import { h, lock } from './dom.js';
import { blocks, oneRow } from './blocks.js';
import { mailList } from './mail.js';
import { link, marked, mrkdwn } from './mrkdwn.js';
import { message, messageList } from './messages.js';
import { HOME, MAIL } from './shell.js';

export function channelPane(data, app) {
  const channel = data.me.channels.find((one) => one.id === app.channelId);
  const view = app.view('mid');
  if (app.channelId === MAIL) {
    return h('main', { class: 'pane mid', 'data-key': 'mid-mail', 'aria-label': 'Mail' },
      h('header', { class: 'pane-head' }, h('h2', null, `Mail of ${data.me.me.name}`)), mailList(data.me.mails, data, 'No mail.'));
  }
  if (app.channelId === HOME) return homePane(data, view, app);
  if (!channel) return h('main', { class: 'pane mid', 'data-key': 'mid' }, h('p', { class: 'empty' }, 'Nothing here yet.'));
  const name = channel.kind === 'im' ? view.names.get(view.bot) : channel.name;
  return h('main', { class: 'pane mid', 'data-key': `mid-${channel.id}`, 'aria-label': name },
    h('header', { class: 'pane-head' },
      h('h2', null, channel.kind === 'im' ? null : channel.is_private ? lock() : '# ', name),
      channel.is_ext_shared && h('span', { class: 'outside-tag' }, 'Shared with people outside'),
      channel.topic && h('p', { class: 'topic' }, mrkdwn(channel.topic, view)),
      bookmarks(channel, view)),
    pinned(channel, view, app),
    h('div', { class: 'scroll', 'data-scroll': channel.id, 'data-key': 'scroll', tabindex: '0', role: 'log', 'aria-label': 'Messages' },
      channel.messages.length === 0 && h('p', { class: 'empty' }, 'No messages yet.'),
      messageList(channel, view, app)),
    typing(data, channel, view),
    notices(data, channel),
    channel.is_archived ? h('p', { class: 'empty' }, 'This channel is archived.') : composer(channel, data, app));
}

// The app's home tab: what is theirs, and the queue of their team.
function homePane(data, view, app) {
  const home = data.me.home;
  const hands = { ...view, key: 'home', press: (action, label, url) => app.pressHome(action, label, url), values: {}, typed: () => {}, flush: () => {}, search: () => null };
  return h('main', { class: 'pane mid', 'data-key': 'mid-home', 'aria-label': 'Home' },
    h('header', { class: 'pane-head' }, h('h2', null, `Bridgewatch: home of ${data.me.me.name}`)),
    h('div', { class: 'scroll', 'data-key': 'home-scroll', tabindex: '0', role: 'group', 'aria-label': 'Home' },
      home ? h('article', { class: 'msg home' }, h('div', { class: 'msg-body' }, blocks(home.blocks, hands))) : h('p', { class: 'empty' }, 'The bot has not shown it yet.')),
    notices(data, { id: '' }));
}

function bookmarks(channel, view) {
  if (!channel.bookmarks?.length) return null;
  return h('div', { class: 'bookmarks', role: 'group', 'aria-label': 'Bookmarks' },
    channel.bookmarks.map((one) => h('span', { 'data-key': one.id }, one.link ? link(one.link, one.title, view) : one.title)));
}

// Folded, the card says what it is and what comes next; its buttons stay, in one row.
function pinned(channel, view, app) {
  const card = channel.messages.find((m) => channel.pins.includes(m.ts));
  if (!card) return null;
  const open = app.cardOpen, all = card.blocks || [];
  const hands = { ...view, key: `pin/${card.ts}`, press: (action, label, url) => app.press(channel, card, action, label, url) };
  const told = { ...card, blocks: all.filter((one) => one.type !== 'actions') };
  const title = all.find((one) => one.type === 'header')?.text.text || card.text;
  const row = all.filter((one) => one.type === 'actions');
  return h('section', { class: `pinned ${open ? '' : 'shut'}`, 'aria-label': 'Pinned card', 'data-key': 'pin' },
    h('button', { type: 'button', class: 'pin-head', 'aria-expanded': String(open), onclick: () => app.toggleCard() },
      h('b', null, open ? 'Pinned card' : marked(title)), h('span', null, open ? 'Fold' : 'Whole card')),
    open ? h('div', { class: 'pin-body', tabindex: '0', 'data-key': 'pin-body', role: 'group', 'aria-label': 'The card' }, message(told, channel, { ...view, key: 'pin' }, app))
      : h('div', { class: 'pin-next', 'data-key': 'pin-next' }, nextLines(all, view)),
    row.length > 0 && h('div', { class: 'pin-foot', 'data-key': 'pin-foot' }, oneRow(row, hands, app.fits)));
}

// What the card says is next, or else what it says is coming; and what is late.
function nextLines(all, view) {
  const lines = all.filter((one) => one.type === 'section' && one.text).flatMap((one) => one.text.text.split('\n').map((line) => line.trim()));
  const late = lines.filter((line) => line.startsWith('🔴')), next = lines.filter((line) => line.startsWith('▶'));
  // Where nothing else is next, the first late line names it, and the list of steps names it again.
  const shown = next.length ? [next[0], ...late.slice(0, 1)] : late.slice(0, 1);
  return (shown.length ? shown : lines.slice(0, 1)).map((line) => h('p', null, mrkdwn(line, view)));
}

// Who is about to write; the line keeps its place, so that nothing jumps.
export function typing(data, channel, view) {
  const names = data.play.typing.filter((one) => one.channel === channel.id && one.who !== view.me.id).map((one) => view.names.get(one.who));
  return h('p', { class: 'typing', 'data-key': 'typing' }, names.length ? `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} typing …` : '\u00a0');
}

function notices(data, channel) {
  const last = data.me.notices.filter((one) => !one.where || one.where === channel.id).slice(-1)[0];
  if (!last || Date.parse(data.now) - Date.parse(last.at) > 60000) return null;
  return h('p', { class: 'notice', role: 'status' }, last.text);
}

function composer(channel, data, app) {
  const reply = app.reply?.channel === channel.id ? app.reply : null;
  const draft = app.drafts.get(`${app.who}/${channel.id}`) || '';
  const list = draft.startsWith('/') && !draft.includes(' ') ? data.me.commands.filter((one) => one.name.startsWith(draft)) : [];
  return h('form', { class: 'composer', 'data-key': 'composer', onsubmit: (event) => { event.preventDefault(); app.say(channel); } },
    list.length > 0 && h('div', { class: 'menu list commands', role: 'listbox', 'aria-label': 'Commands' }, list.map((one) =>
      h('button', { type: 'button', role: 'option', onclick: () => app.prefill(channel, `${one.name} `) },
        `${one.name} ${one.usage_hint || ''}`, h('small', null, one.description)))),
    reply && h('p', { class: 'replying' }, 'In the thread. ', h('button', { type: 'button', class: 'link', onclick: () => app.replyTo(null) }, 'Write to the channel instead')),
    h('label', { class: 'sr', for: 'composer' }, `Write as ${data.me.me.name}`),
    h('input', {
      id: 'composer', type: 'text', autocomplete: 'off', value: draft, placeholder: 'write a message, or / for commands',
      oninput: (event) => app.drafting(channel, event.target.value),
    }),
    h('button', { type: 'submit', class: 'btn', disabled: !draft.trim() }, 'Send'));
}
