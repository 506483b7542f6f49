// The chosen channel in the middle, and the customer's side on the right.

import { h, lock } from './dom.js';
import { blocks } from './blocks.js';
import { link, mrkdwn } from './mrkdwn.js';
import { message, messageList } from './messages.js';
import { clockTime, dayAndTime, hover } from './times.js';

export function channelPane(data, app) {
  const channel = data.me.channels.find((one) => one.id === app.channelId);
  const view = app.view('mid');
  if (!channel) return h('main', { class: 'pane mid', 'data-key': 'mid' }, h('p', { class: 'empty' }, 'Nothing here yet.'));
  const name = channel.kind === 'im' ? view.names.get(view.bot) : channel.name;
  return h('main', { class: 'pane mid', 'data-key': `mid-${channel.id}`, 'aria-label': name },
    h('header', { class: 'pane-head' },
      h('h2', null, channel.kind === 'im' ? null : channel.is_private ? lock() : '# ', name),
      channel.is_ext_shared && h('span', { class: 'outside-tag' }, 'Shared with people outside'),
      channel.topic && h('p', { class: 'topic' }, mrkdwn(channel.topic, view))),
    bookmarks(channel, view, app),
    pinned(channel, view, app),
    h('div', { class: 'scroll', 'data-scroll': channel.id, 'data-key': 'scroll', tabindex: '0', role: 'log', 'aria-label': 'Messages' },
      channel.messages.length === 0 && h('p', { class: 'empty' }, 'No messages yet.'),
      messageList(channel, view, app)),
    notices(data, channel),
    channel.is_archived ? h('p', { class: 'empty' }, 'This channel is archived.') : composer(channel, data, app));
}

function bookmarks(channel, view, app) {
  if (!channel.bookmarks?.length) return null;
  return h('div', { class: 'bookmarks', role: 'group', 'aria-label': 'Bookmarks' },
    channel.bookmarks.map((one) => h('span', { 'data-key': one.id }, one.link ? link(one.link, one.title, view) : one.title)));
}

// The card's buttons stay in view below it: a card can be longer than a screen.
function pinned(channel, view, app) {
  const card = channel.messages.find((m) => channel.pins.includes(m.ts));
  if (!card) return null;
  const open = app.cardOpen, all = card.blocks || [];
  const hands = { ...view, key: `pin/${card.ts}`, press: (action, label, url) => app.press(channel, card, action, label, url) };
  const told = { ...card, blocks: all.filter((one) => one.type !== 'actions' && one.type !== 'context') };
  return h('section', { class: `pinned ${open ? '' : 'shut'}`, 'aria-label': 'Pinned card', 'data-key': 'pin' },
    h('button', { type: 'button', class: 'pin-head', 'aria-expanded': String(open), onclick: () => app.toggleCard() },
      h('span', null, 'Pinned card'), h('span', null, open ? 'Fold' : card.text)),
    open && h('div', { class: 'pin-body', tabindex: '0', 'data-key': 'pin-body' }, message(told, channel, { ...view, key: 'pin' }, app)),
    open && h('div', { class: 'pin-foot', 'data-key': 'pin-foot' }, blocks(all.filter((one) => one.type === 'actions'), hands),
      blocks(all.filter((one) => one.type === 'context'), hands)));
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
    list.length > 0 && h('div', { class: 'menu list commands', role: 'listbox' }, list.map((one) =>
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

export function outsidePane(data, app) {
  const play = data.play, tab = app.tab, seen = data.outside;
  const mails = data.mails, left = leftList(data);
  const name = seen.me.name;
  const tabs = [['channel', 'Channel'], ['mail', `Mail (${mails.length})`], ['left', `Everything that left (${left.length})`]];
  return h('aside', { class: 'pane right', 'data-key': 'right', 'aria-label': "Acme's side" },
    h('header', { class: 'pane-head' }, h('h2', null, "Acme's side"), h('p', { class: 'topic' }, `#${play.scenario.channel} as ${name} sees it`)),
    h('div', { class: 'tabs', role: 'tablist' }, tabs.map(([key, label]) => h('button', {
      type: 'button', role: 'tab', 'data-key': key, 'aria-selected': String(tab === key), class: tab === key ? 'on' : '', onclick: () => app.setTab(key),
    }, label))),
    tab === 'channel' ? outsideChannel(data, app) : tab === 'mail' ? mailList(mails, data, app) : leftPane(left, data, app));
}

function outsideChannel(data, app) {
  const play = data.play, channel = data.outside.channels.find((one) => one.name === play.scenario.channel);
  const view = { ...app.view('right'), me: data.outside.me };
  const hears = channel.messages.some((m) => m.user === data.outside.bot_user_id && Number(m.ts) >= play.since_s);
  const root = channel.messages.filter((m) => m.user === data.outside.bot_user_id && Number(m.ts) >= play.since_s && (!m.thread_ts || m.thread_ts === m.ts))[0];
  return [
    h('div', { class: 'scroll', 'data-scroll': 'outside', 'data-key': 'out-scroll', tabindex: '0', role: 'log', 'aria-label': "Acme's channel" },
      messageList(channel, view, app.outsideHands()),
      !hears && h('p', { class: 'empty' }, 'Acme has heard nothing yet. Right: nothing has been sent.')),
    h('form', { class: 'composer', 'data-key': 'out-composer', onsubmit: (event) => { event.preventDefault(); app.sayOutside(channel, root); } },
      h('label', { class: 'sr', for: 'outside-composer' }, `Write as ${data.outside.me.name}`),
      h('input', { id: 'outside-composer', type: 'text', autocomplete: 'off', value: app.outsideDraft, placeholder: `write as ${data.outside.me.name}`, oninput: (event) => { app.outsideDraft = event.target.value; } }),
      h('button', { type: 'submit', class: 'btn' }, root ? 'Reply' : 'Send')),
  ];
}

function mailList(mails, data, app) {
  return h('div', { class: 'scroll', 'data-key': 'mails', tabindex: '0' },
    mails.length === 0 && h('p', { class: 'empty' }, 'No mail has left.'),
    [...mails].reverse().map((mail) => oneMail(mail, data)));
}

function oneMail(mail, data) {
  const at = Date.parse(mail.at) / 1000;
  return h('details', { class: 'mail', 'data-key': mail.message_id || mail.at + mail.subject },
    h('summary', null, h('b', null, mail.subject), h('span', null, `To ${mail.to.join(', ')} · `,
      h('time', { title: hover(at, data.me.me.time_zone) }, `${clockTime(at)} UTC`))),
    h('pre', null, mail.text));
}

function leftList(data) {
  const own = new Set(data.people.filter((one) => one.kind !== 'outside').map((one) => one.email).filter(Boolean));
  const out = [
    ...data.left.map((m) => ({ key: `c${m.ts}`, at: Number(m.ts), where: `#${m.channel}`, m })),
    ...data.mails.filter((mail) => mail.to.some((one) => !own.has(one))).map((mail) => ({ key: `m${mail.message_id}`, at: Date.parse(mail.at) / 1000, where: `Mail to ${mail.to.join(', ')}`, mail })),
    ...data.status_posts.map((post, n) => ({ key: `s${n}`, at: Date.parse(post.at) / 1000, where: 'Status page', words: statusWords(post.body) })),
  ];
  return out.filter((one) => one.at >= data.play.since_s - 1).sort((a, b) => a.at - b.at);
}

const statusWords = (body) => [body?.incident?.name, body?.incident?.body, body?.name, body?.body, body?.text].filter(Boolean).join('\n') || JSON.stringify(body);

function leftPane(left, data, app) {
  const view = { ...app.view('left'), me: data.outside.me, quiet: true };
  return h('div', { class: 'scroll', 'data-key': 'left', tabindex: '0' },
    left.length === 0 && h('p', { class: 'empty' }, 'Acme has heard nothing yet. Right: nothing has been sent.'),
    left.map((one) => h('article', { class: 'left-one', 'data-key': one.key },
      h('p', { class: 'left-head' }, h('b', null, one.where), h('time', { title: hover(one.at, data.me.me.time_zone) }, `${clockTime(one.at)} UTC`)),
      one.m ? (one.m.blocks?.some((block) => block.type !== 'rich_text') ? blocks(one.m.blocks, { ...view, key: `left/${one.key}`, press: () => {} }) : h('div', null, mrkdwn(one.m.text, view)))
        : one.mail ? [h('b', null, one.mail.subject), h('pre', null, one.mail.text)] : h('pre', null, one.words))));
}

export { dayAndTime };
