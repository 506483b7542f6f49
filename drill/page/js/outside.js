// The customer's side: what it gets, and nothing else; and, apart, all that left the house.

import { h } from './dom.js';
import { blocks } from './blocks.js';
import { mailList } from './mail.js';
import { mrkdwn } from './mrkdwn.js';
import { messageList } from './messages.js';
import { typing } from './panes.js';
import { dayIfOther, hover } from './times.js';

export function outsidePane(data, app) {
  const { tab } = app, name = data.outside.me.name, { customer } = data.play.scenario;
  const mails = data.mails.filter((mail) => mail.to.some((one) => houseOf(one) === houseOf(data.outside.me.email)));
  const left = leftList(data);
  const tabs = [['channel', 'Channel'], ['mail', `Mail (${mails.length})`], ['left', `Everything that left (${left.length})`]];
  const head = tab === 'left' ? ['Everything that left', `To every account and partner, and on the status page. Not only to ${customer}.`]
    : [`${customer}'s side`, tab === 'mail' ? `Mail to people at ${customer}` : `#${data.play.scenario.channel} as ${name} sees it`];
  return h('aside', { class: 'pane right', 'data-key': 'right', 'aria-label': `${customer}'s side` },
    h('header', { class: 'pane-head' }, h('h2', null, head[0]), h('p', { class: 'topic' }, head[1])),
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What left' }, tabs.map(([key, label]) => h('button', {
      type: 'button', role: 'tab', 'data-key': key, 'aria-selected': String(tab === key), tabindex: tab === key ? '0' : '-1', class: tab === key ? 'on' : '', onclick: () => app.setTab(key),
    }, label))),
    tab === 'channel' ? outsideChannel(data, app) : tab === 'mail' ? mailList(mails, data, `No mail has reached ${customer}.`) : leftPane(left, data, app));
}

const houseOf = (address) => address.split('@').pop();

function outsideChannel(data, app) {
  const play = data.play, channel = data.outside.channels.find((one) => one.name === play.scenario.channel);
  const view = { ...app.view('right'), me: data.outside.me };
  // What it was told before the rehearsal began, it has heard as well.
  const ours = channel.messages.filter((m) => m.user === data.outside.bot_user_id), hears = ours.length > 0;
  const root = ours.find((m) => !m.thread_ts || m.thread_ts === m.ts) || ours[0];
  return [
    h('div', { class: 'scroll', 'data-scroll': 'outside', 'data-key': 'out-scroll', tabindex: '0', role: 'log', 'aria-label': `${play.scenario.customer}'s channel` },
      messageList(channel, view, app.outsideHands()),
      !hears && h('p', { class: 'empty' }, `${play.scenario.customer} has heard nothing yet. Right: nothing has been sent.`)),
    typing(data, channel, view),
    h('form', { class: 'composer', 'data-key': 'out-composer', onsubmit: (event) => { event.preventDefault(); app.sayOutside(channel, root); } },
      h('label', { class: 'sr', for: 'outside-composer' }, `Write as ${data.outside.me.name}`),
      h('input', { id: 'outside-composer', type: 'text', autocomplete: 'off', value: app.outsideDraft, placeholder: `write as ${data.outside.me.name}`, oninput: (event) => { app.outsideDraft = event.target.value; } }),
      h('button', { type: 'submit', class: 'btn' }, root ? 'Reply' : 'Send')),
  ];
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
  return h('div', { class: 'scroll', 'data-key': 'left', tabindex: '0', role: 'group', 'aria-label': 'Everything that left' },
    left.length === 0 && h('p', { class: 'empty' }, 'Nothing has left.'),
    left.map((one) => h('article', { class: 'left-one', 'data-key': one.key },
      h('p', { class: 'left-head' }, h('b', null, one.where), h('time', { title: hover(one.at) }, dayIfOther(one.at, app.now(), data.me.me.time_zone))),
      one.m ? (one.m.blocks?.some((block) => block.type !== 'rich_text') ? blocks(one.m.blocks, { ...view, key: `left/${one.key}`, press: () => {} }) : h('div', null, mrkdwn(one.m.text, view)))
        : one.mail ? [h('b', null, one.mail.subject), h('pre', null, one.mail.text)] : h('pre', null, one.words))));
}
