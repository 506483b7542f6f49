// The frame of the page: the clock above, personas and channels on the left.

import { h, kept, lock } from './dom.js';
import { mrkdwn } from './mrkdwn.js';
import { initials, tint } from './messages.js';
import { city, clockTime, dayIfOther, hover, parts } from './times.js';

export const MAIL = 'mail';
export const HOME = 'home';

const KINDS = {
  open_activation: 'bring people in', open_investigation: 'investigation', prompt_update: 'a draft is asked',
  last_call: 'last call for a release', promise_due: 'the promised update', review_waits: 'the review waits', review_still: 'the review still waits',
  review_escalates: 'next releaser', confirm_remind: 'reminder', confirm_reopen: 'opens again', rca_remind: 'analysis reminder',
  rca_late: 'analysis due', archive: 'archive the bridge', decision_due: 'a decision is due', stop_unanswered: 'who stops it, unanswered',
  lowering_unanswered: 'lower tier, unanswered', still_shared: 'the bridge is still shared', question_due: 'a question is due',
  nudge_unanswered: 'opens by itself', nudge_told: 'somebody asks again', heard_line: 'the account is told', classify_unanswered: 'nobody has classified it',
  target_mark: 'a clock is nearly up', target_near: 'a clock is nearly up', target_breach: 'a clock is up', left_open: 'a ticket left open',
  blocked_unanswered: 'what blocks them waits', details_remind: 'the account is reminded', details_call: 'somebody calls them', details_back: 'its clocks go on',
  cover_silent: 'next in line', poc_offer_silent: 'who was asked is silent', checklist: 'what is not done yet', engineer_silent: 'next engineer', resolution_untold: 'nobody was told it is solved', merged_late: 'a merged ticket waits',
  escalate_row: 'escalates', escalation_untaken: 'nobody leads the escalation', escalation_late: 'the escalation is late',
  page_prompt: 'the next text for the page is asked', notice_out: 'the notice goes out', notice_chase: 'the notice is checked', notice_prompt: 'the next notice is asked', notice_missed: 'the next notice is late',
  notice_unanswered: 'answers wait', digest: 'messages come together', nudge_words: 'words come together',
  answer_said: 'what became of an answer', answers_report: 'how far the answers are', cause_unnamed: 'the cause is asked', sync_check: 'whether the sync has passed',
  flag_unanswered: 'what was asked waits', flag_untaken: 'nobody has taken it', hold_look: 'a hold is looked at',
  second_review_late: 'the other team is late', second_review_remind: 'the other team is reminded', window_begins: 'a support window begins', window_ends: 'a support window ends', words_collected: 'words come together', words_shown: 'words come together',
};

export function nextStep(play) {
  const { next_due_at: at, next_kind: kind } = play.bot;
  if (!at) return null;
  const seconds = Date.parse(at) / 1000, minutes = (seconds - (play.opened_s || play.since_s)) / 60;
  let what = KINDS[kind] || (kind.startsWith('role_') ? kind.replace('role_', '').replaceAll('_', ' ') : 'something is due');
  if (minutes <= 15.5 && !play.marks.scope && play.bridge) what = 'scope';
  else if (kind === 'step_late') what = minutes < 31 ? 'the call' : minutes < 61 ? 'first update' : 'a step is due';
  return { seconds, what };
}

export function topBar(data, app) {
  const play = data.play, now = app.now();
  const going = Boolean(play.scenario), zone = data.me?.me.time_zone || 'UTC';
  const since = Math.max(0, Math.floor((now + 3 - (play.opened_s || play.since_s)) / 60));
  const next = going ? nextStep(play) : null, day = parts(now, zone);
  return h('header', { class: 'top', 'data-key': 'top' },
    h('div', { class: 'brand' }, going ? h('h1', null, 'Bridgewatch drill') : h('b', null, 'Bridgewatch drill'), h('span', null, ' · nothing leaves here')),
    h('div', { class: 'clock', title: hover(now) },
      h('time', { class: 'now' }, h('span', { class: 'date' }, h('span', { class: 'more' }, `${day.weekday} `), `${day.day} ${day.month}`, h('span', { class: 'more' }, ` ${day.year}`), ', '), `${clockTime(now, zone)} `, h('span', { class: 'zone' }, city(zone))), going && h('b', { class: 'since' }, play.opened_s ? sinceWords(since) : 'T+0')),
    going && h('div', { class: 'controls', role: 'group', 'aria-label': 'Clock' },
      h('button', { class: 'btn', type: 'button', disabled: app.walking, onclick: () => app.clock({ advance_s: 60 }) }, '+1 min'),
      h('button', { class: `btn step ${app.leads.led('Next step', '') ? 'led' : ''}`, type: 'button', disabled: app.walking || !next, onclick: () => app.clock({ next: true }), title: 'n' },
        nextWords(next, app.narrow, next && dayIfOther(next.seconds, now, zone))),
      h('button', { class: `btn ${play.running ? 'on' : ''} ${app.leads.led('60x', '') ? 'led' : ''}`, type: 'button', 'aria-pressed': String(play.running), onclick: () => app.run(!play.running), title: 'space' },
        play.running ? '60x ❚❚' : '60x ▶')),
    going && h('div', { class: 'worlds', role: 'group', 'aria-label': 'Rehearsal' },
      h('button', { class: 'btn', type: 'button', onclick: () => app.restart(), title: 'The same once more, in a new world' }, 'Restart'),
      h('button', { class: 'btn', type: 'button', onclick: () => app.leave(), title: 'Choose another' }, 'Scenarios')));
}

// On a phone the time stands first: it is what must not be cut.
function nextWords(next, narrow, at) {
  if (!next) return narrow ? 'Next: nothing is due' : 'Next step: nothing is due';
  return narrow ? `Next ${at}: ${next.what}` : `Next step: ${next.what}, ${at}`;
}

const sinceWords = (minutes) => (minutes < 1000 ? `T+${minutes}` : `T+${Math.floor(minutes / 60)} h`);

export function status(data, app) {
  const play = data.play;
  if (play.beginning || app.starting) return null;
  if (!play.bot.answers) {
    return h('p', { class: 'status waits', role: 'status' }, 'The bot has not answered yet (3 s). Its log: var/drill.log. This page goes on by itself.');
  }
  const said = app.told || stopped(play, data.me?.me.time_zone) || (app.walking ? play.happened || 'Moving on …' : '');
  return said ? h('p', { class: 'status', role: 'status' }, said) : null;
}

// When it stopped, on the clock that stands above.
const stopped = (play, zone) => play.stopped && `Stopped at ${clockTime(play.stopped_s, zone)}: ${play.stopped}`;

export function people(data, app) {
  const named = data.play.scenario.personas.map((key) => data.people.find((one) => one.handle === key)).filter(Boolean);
  const rest = data.people.filter((one) => !named.includes(one) && !['bot', 'deactivated'].includes(one.kind));
  return h('section', { class: 'people', 'aria-labelledby': 'you-are' },
    h('h2', { id: 'you-are' }, 'You are'),
    h('ul', null, named.map((one, n) => persona(one, n, app))),
    h('details', null, h('summary', null, 'Everyone else', badge(rest.reduce((sum, one) => sum + one.unread, 0))),
      h('ul', null, rest.map((one) => persona(one, null, app)))),
    h('label', { class: 'switch' },
      h('input', { type: 'checkbox', checked: data.play.alone, onchange: (event) => kept(event.target, app.alone(event.target.checked)) }),
      ' Colleagues act alone'));
}

const badge = (count) => (count ? h('span', { class: 'badge' }, String(count), h('span', { class: 'sr' }, ' unread')) : null);

function persona(one, n, app) {
  const mine = one.id === app.who;
  return h('li', { 'data-key': one.id },
    h('button', {
      type: 'button', class: `persona ${mine ? 'on' : ''}`, 'aria-pressed': String(mine), title: `See what ${one.name} sees`, 'aria-keyshortcuts': n === null ? undefined : String(n + 1),
      onclick: () => app.become(one.id),
    },
      h('span', { class: 'face', style: `--tint:${tint(one.id)}`, 'aria-hidden': 'true' }, initials(one.name)), !mine && badge(one.unread),
      h('span', { class: 'who' }, one.name), n !== null && h('kbd', { 'aria-hidden': 'true' }, String(n + 1))));
}

export function channels(data, app) {
  const me = data.me, list = me.channels.filter((one) => one.kind === 'channel' || one.messages.length > 0);
  const order = (one) => (one.kind === 'im' ? 2 : app.isBridge(one) ? 0 : one.is_ext_shared ? 1 : 3);
  const leads = (name, id) => (app.leads.to(id, name) ? 'led' : '');
  list.sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
  return h('nav', { class: 'channels', 'aria-labelledby': 'channels-of' },
    h('h2', { id: 'channels-of' }, `Channels ${me.me.name} can see`),
    h('ul', null, list.map((one) => h('li', { 'data-key': one.id },
      h('button', {
        type: 'button', class: `chan ${one.id === app.channelId ? 'on' : ''} ${one.unread ? 'unread' : ''} ${leads(app.placeName(one), one.id)}`,
        'aria-current': one.id === app.channelId ? 'page' : undefined, onclick: () => app.open(one.id),
      }, h('span', { class: 'sign', 'aria-hidden': 'true' }, one.kind === 'im' ? '◆' : one.is_private ? lock() : '#'),
      h('span', { class: 'who' }, app.placeName(one)),
      one.is_ext_shared && h('span', { class: 'shared', title: 'Shared with people outside' }, '⇄'),
      one.id !== app.channelId && badge(one.unread)))),
      me.me.kind !== 'outside' && h('li', { 'data-key': HOME }, h('button', {
        type: 'button', class: `chan ${app.channelId === HOME ? 'on' : ''} ${leads('Bridgewatch (home)', HOME)}`, 'aria-current': app.channelId === HOME ? 'page' : undefined, onclick: () => app.openHome(),
      }, h('span', { class: 'sign', 'aria-hidden': 'true' }, '⌂'), h('span', { class: 'who' }, 'Bridgewatch (home)'))),
      me.mails.length > 0 && h('li', { 'data-key': MAIL }, h('button', {
        type: 'button', class: `chan ${app.channelId === MAIL ? 'on' : ''}`, 'aria-current': app.channelId === MAIL ? 'page' : undefined, onclick: () => app.open(MAIL),
      }, h('span', { class: 'sign', 'aria-hidden': 'true' }, '✉'), h('span', { class: 'who' }, `Mail (${me.mails.length})`)))),
    note(me, data, app));
}

function note(me, data, app) {
  if (me.me.handle === 'sponsor-one') return h('p', { class: 'empty' }, 'One message is all an executive gets. It changes in place.');
  const inBridge = me.channels.some((one) => app.isBridge(one));
  if (me.me.handle === 'legal-one' && data.play.bridge && !inBridge) {
    return h('p', { class: 'empty' }, whyOutside(me.channels.filter((one) => one.kind === 'im').flatMap((one) => one.messages)));
  }
  return null;
}

// Whoever has been called is told of the way in that stands in their messages.
function whyOutside(told) {
  if (told.some((m) => JSON.stringify(m.blocks || '').includes('"text":"Join"'))) return 'Called, and not in this bridge yet: Join stands in your messages.';
  return told.length ? 'Not in this bridge.' : 'Not in this bridge. Legal is called when exposure is confirmed, or on a legal threat.';
}

export function coach(data, app) {
  const coach = data.play.coach;
  if (!coach) return null;
  const who = data.people.find((one) => one.handle === coach.who);
  const view = app.view('coach');
  return h('section', { class: 'coach', 'aria-labelledby': 'next-move', 'aria-live': 'polite', 'data-key': 'coach' },
    h('h2', { id: 'next-move' }, coach.walks ? 'Only others act now' : who ? `Your next move, as ${who.name}` : 'Your next move'),
    h('p', { class: 'count' }, `${coach.n} of ${coach.of}`),
    h('p', null, mrkdwn(coach.say, view)),
    data.play.running && h('p', { class: 'happened', 'data-key': 'happened' }, data.play.happened || '\u00a0'),
    !coach.who && h('button', { type: 'button', class: 'btn', onclick: () => app.showScore() }, 'See the score'),
    who && who.id !== app.who && h('button', { type: 'button', class: 'btn led', onclick: () => app.become(who.id) }, `Be ${who.name}`));
}

// The same words within a form, which covers the page.
export function coachInForm(data, app) {
  const coach = data.play.coach;
  if (!coach || !coach.who) return null;
  return h('div', { class: 'coach in-form', 'data-key': 'coach' },
    h('p', null, h('b', null, `${coach.n} of ${coach.of}: `), mrkdwn(coach.say, app.view('coach'))),
    coach.offer && h('button', { type: 'button', class: `btn ${app.leads.offers ? 'led' : ''}`, onclick: () => app.offer() }, coach.offer));
}
