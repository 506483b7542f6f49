// The drill's page: what is shown, and what a press does.

import * as api from './api.js';
import { h, renew } from './dom.js';
import * as focus from './focus.js';
import { copied } from './picture.js';
import { keys } from './keys.js';
import { Leads } from './leads.js';
import { follow } from './menus.js';
import { Modals } from './modal.js';
import { outsidePane } from './outside.js';
import { channelPane } from './panes.js';
import { finish } from './finish.js';
import { beginning, picker } from './score.js';
import { thread, watchPresses } from './thread.js';
import { HOME, MAIL, channels, coach, people, status, topBar } from './shell.js';

const narrow = matchMedia('(max-width: 760px)'), tall = matchMedia('(min-width: 1181px) and (min-height: 1000px)');

// With little height a pane scrolls as a whole, and what it holds does not.
const scroller = (one) => (getComputedStyle(one).overflowY === 'visible' ? one.parentElement : one);
// What arrives is shown whole; an answer for one's own eyes that is longer than the pane, from its beginning.
function toNewest(one) {
  const pane = scroller(one), last = [...one.querySelectorAll('.msg')].at(-1), isLong = last?.matches('.alone') && last.offsetHeight > pane.clientHeight;
  pane.scrollTop = isLong ? pane.scrollTop + last.getBoundingClientRect().top - pane.getBoundingClientRect().top : pane.scrollHeight;
}
const isAtEnd = (one) => one.scrollHeight - one.scrollTop - one.clientHeight < 80;

class App {
  constructor() {
    Object.assign(this, {
      data: null, who: '', channelId: '', tab: 'channel', side: 'mid', reply: null, drafts: new Map(), outsideDraft: '',
      openMenu: null, question: null, told: '', walking: false, starting: '', score: null, scoredRun: 0, showCertificate: false,
      cardOpen: false, run_: -1, loading: false, again: false, offset: 0, goTo: '', fits: new Map(), looks: new Map(), got: null, news: false, bridge: '', handed: null, wanted: false, turns: 0, turning: null,
    });
    this.modals = new Modals(this);
    this.leads = new Leads(this);
  }

  // -- what is shown --------------------------------------------------------------------------

  now() { return Date.now() / 1000 + this.offset; }

  get narrow() { return narrow.matches; }

  view(key) {
    const data = this.data, me = data.me?.me || { id: '', time_zone: 'UTC' };
    return {
      key, me, now: this.now(), people: data.people, bot: data.me?.bot_user_id,
      names: new Map(data.people.map((one) => [one.id, one.name])),
      channelNames: new Map((data.me?.channels || []).map((one) => [one.id, one.name])),
      jump: (id, ts) => this.jump(id, ts), tell: (words) => this.tell(words),
      looks: this.looks, look: (at, how) => { this.looks.set(at, how); this.render(); },
      menu: () => this.openMenu, setMenu: (name) => this.setMenu(name),
      led: (label, whose) => this.leads.inFront(key) && this.leads.led(label, whose), meant: (m) => this.leads.meant(m),
      confirm: (dialog, label, go) => this.confirm(dialog, label, go), arrived: (text, ts) => this.arrived(text, ts),
    };
  }

  // Direct messages are called by who writes them, as in Slack.
  placeName(one) { return one.kind === 'im' ? this.data.people.find((each) => each.id === this.data.me.bot_user_id)?.name || one.name : one.name; }

  setMenu(name) {
    const closed = this.openMenu;
    this.openMenu = name;
    this.render();
    follow(name, closed);
  }

  async refresh() {
    if (this.loading) { this.again = true; return; }
    this.loading = true;
    try {
      do {
        this.again = false;
        const { turns } = this, data = await api.load(this.who, this.channelId);
        if (this.turning || turns !== this.turns) data.play.running = this.wanted;  // it was asked before
        this.take(data);
      } while (this.again);
    } catch (error) {
      this.tell('The local Slack does not answer. This page goes on by itself.');
    } finally { this.loading = false; }
  }

  take(data) {
    if (this.who && data.me && data.me.me.id !== this.who) return;
    this.data = data;
    this.offset = Date.parse(data.now) / 1000 - Date.now() / 1000;
    if (!data.play.scenario) this.score = null;
    if (data.play.scenario && (data.play.run !== this.run_ || !data.me)) this.fresh(data);
    if (data.me) { this.choose(data); this.hand(data); }
    if (data.play.marks.confirmed && this.scoredRun !== data.play.run) this.showScore();
    this.render();
  }

  fresh(data) {
    Object.assign(this, { run_: data.play.run, who: data.play.viewer, channelId: '', tab: 'channel', reply: null, score: null, showCertificate: false, told: '', cardOpen: tall.matches });
    if (data.me?.me.id !== this.who) { this.again = true; this.data = { ...data, me: null }; }
  }

  // Whoever follows the coach is handed on with it: the next step may be somebody else's.
  hand(data) {
    const { coach, run } = data.play, before = this.handed;
    if (before?.run === run && before.who !== coach?.who && data.me.views.length) return;  // when the form is shut
    this.handed = { run, who: coach?.who };
    if (!coach?.who || before?.run !== run || before.who === coach.who || data.me.me.handle !== before.who) return;
    const next = data.people.find((one) => one.handle === coach.who);
    if (next) this.become(next.id).then(() => focus.flash(document.querySelector('.persona.on')));
  }

  choose(data) {
    const mine = data.me.channels, wanted = data.play.scenario?.begins;
    if (this.channelId === HOME || (this.channelId === MAIL && data.me.mails.length)) return;
    const { bridge } = data.play;
    if (!bridge) this.bridge = '';
    else if (bridge !== this.bridge && !data.me.views.length && mine.some((one) => one.id === bridge)) {
      Object.assign(this, { bridge, channelId: bridge, again: true });  // where it goes on
    }
    if (!mine.some((one) => one.id === this.channelId)) {
      const first = mine.find((one) => this.isBridge(one)) || mine.find((one) => one.name === wanted) || mine.find((one) => one.kind === 'im' && one.messages.length) || mine[0];
      this.channelId = first?.id || '';
      this.again = true;
    }
  }

  isBridge(channel) { return channel.id === this.data.play.bridge; }

  render() {
    const data = this.data;
    if (!data) return;
    const ends = [...document.querySelectorAll('[data-scroll]')].map((one) => [one.dataset.scroll, isAtEnd(scroller(one))]);
    const going = data.play.scenario && data.me && !this.starting, at = focus.noted();
    const fresh = h('div', { id: 'app', class: going ? `going side-${this.side}` : '' },
      topBar(data, this), status(data, this),
      going ? [
        this.narrow && coach(data, this),
        h('div', { class: 'left', 'data-key': 'left' }, people(data, this), h('div', { class: 'second' }, !this.narrow && coach(data, this), channels(data, this))),
        channelPane(data, this), outsidePane(data, this), this.sides(),
      ] : this.starting ? beginning(data, this) : picker(data, this),
      going && finish(this.score, this), going && this.modals.render(data), this.dialog());
    renew(document.getElementById('app'), fresh);
    focus.found(at);
    this.modals.showNew();
    this.after(ends);
  }

  sides() {
    const names = [['left', 'People'], ['mid', 'Slack'], ['right', `${this.data.play.scenario.customer}'s side`]];
    return h('nav', { class: 'sides', 'aria-label': 'Parts of the page', 'data-key': 'sides' }, names.map(([key, label]) => h('button', {
      type: 'button', 'aria-current': this.side === key ? 'page' : undefined, class: `${this.side === key ? 'on' : ''} ${key === 'left' && this.narrow && this.side !== 'left' && this.leads.away() ? 'led' : ''}`, onclick: () => { this.side = key; if (key === 'right') this.news = false; this.render(); },
    }, label, key === 'right' && this.news && h('span', { class: 'news' }, h('span', { class: 'sr' }, ', something new')))));
  }

  after(ends) {
    const before = new Map(ends);
    for (const one of document.querySelectorAll('[data-scroll]')) if (before.get(one.dataset.scroll) !== false) toNewest(one);
    this.arrivals();
    if (this.goTo) {
      const found = document.querySelector(`[data-ts="${this.goTo}"]`);
      if (found) { found.scrollIntoView({ block: 'center' }); focus.flash(found); this.goTo = ''; }
    }
    const row = document.querySelector('.b-actions.row'), shown = row?.querySelectorAll('.row > .btn').length;
    if (row && shown > 1 && !this.openMenu && row.scrollWidth > row.clientWidth + 1) {
      this.fits.set(row.dataset.fits, shown - 1);
      this.render();
      return;
    }
    const front = document.querySelector('.dialog') || document.querySelector('.modal');
    if (front && !front.contains(document.activeElement)) {
      (front.querySelector('.dialog-yes') || front.querySelector('.modal-body input, .modal-body textarea, .modal-body button, footer .primary, footer .btn'))?.focus();
    }
    this.leads.once();
    this.leads.intoView();
    if (!this.data.play.scenario && document.activeElement === document.body) document.querySelector('[data-first]')?.focus();
  }

  // What the customer has just got flashes once; on a phone, its tab says that there is something.
  arrivals() {
    const bot = this.data.outside?.bot_user_id, got = (this.data.outside?.channels || []).flatMap((one) => one.messages).filter((m) => m.user === bot).map((m) => m.ts);
    const before = this.got;
    this.got = new Set(got);
    if (this.side === 'right' || !this.narrow) this.news = false;
    if (!before || !this.data.play.scenario) return;
    for (const ts of got.filter((one) => !before.has(one))) {
      const shown = document.querySelector(`.right [data-ts="${ts}"]`);
      if (shown) { focus.flash(shown); thread(shown); }
      if (this.narrow && this.side !== 'right') this.news = true;
    }
  }

  // What somebody was told goes to the customer: once it is there, it has it. Of others the page sees nothing.
  arrived(text, ts) {
    const goes = /\b(It goes|[Tt]he words go) to (.+?) now\b/, bot = this.data.outside.bot_user_id;
    if (!goes.exec(text)?.[2].startsWith(this.data.play.scenario.customer)) return text;
    const has = this.data.outside.channels.some((one) => one.messages.some((said) => said.user === bot && Number(said.ts) >= Number(ts) - 1));
    return has ? text.replace(goes, (_, what, name) => `${name} has ${what.endsWith('go') ? 'the words' : 'it'}`) : text;
  }

  tell(words) {
    this.told = words;
    this.render();
    clearTimeout(this.tellTimer);
    this.tellTimer = setTimeout(() => { this.told = ''; this.render(); }, 8000);
  }

  confirm(dialog, label, go) {
    if (!dialog) { go(); return; }
    this.question = { dialog, go };
    this.render();
  }

  dialog() {
    if (!this.question) return null;
    const { dialog, go } = this.question;
    const end = (then) => () => { this.question = null; this.render(); then?.(); };
    return h('div', { class: 'veil high', 'data-key': 'dialog' },
      h('div', { class: 'dialog', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': 'dialog-title' },
        h('h2', { id: 'dialog-title' }, dialog.title.text), h('p', null, dialog.text.text),
        h('footer', null,
          h('button', { type: 'button', class: 'btn', onclick: end() }, dialog.deny.text),
          h('button', { type: 'button', class: `btn dialog-yes ${dialog.style || 'primary'}`, onclick: end(go) }, dialog.confirm.text))));
  }

  // -- what people do -------------------------------------------------------------------------

  async act(order, who = this.who) {
    try {
      const result = await api.act(who, order);
      if (result.failure && !(result.state.views || []).length) this.tell(result.failure);
      await this.refresh();
      return result;
    } catch (error) {
      this.tell(error.message);
      return null;
    }
  }

  async press(channel, m, action, label, url, who) {
    await this.act({ do: 'press', channel: channel.id, ts: m.ts, button: action, label }, who);
    if (url) this.follow(url);
  }

  follow(url) {
    const inside = url.match(/\/archives\/(\w+)(?:\/p(\d{10})(\d{6}))?/) || url.match(/channel=(\w+)/) || url.match(/\/app_redirect\?.*?(C\w+)/);
    if (inside) this.jump(inside[1], inside[2] && `${inside[2]}.${inside[3]}`);
    else this.tell(`In Slack this opens ${url}. The drill opens nothing outside.`);
  }

  pick(channel, m, field, value, who) { return this.act({ do: 'pick', channel: channel.id, ts: m.ts, field, value }, who); }

  shortcuts(me) { return me.kind === 'outside' ? [] : this.data.me.shortcuts.filter((one) => one.kind === 'message'); }

  shortcut(channel, m, one) { return this.act({ do: 'message_shortcut', shortcut: one.name, channel: channel.id, ts: m.ts }); }

  outsideHands() {
    const who = this.data.outside.me.id;
    return {
      press: (channel, m, action, label, url) => this.press(channel, m, action, label, url, who),
      pick: (channel, m, field, value) => this.pick(channel, m, field, value, who),
      shortcuts: () => [], shortcut: () => {}, replyTo: () => document.getElementById('outside-composer')?.focus(),
    };
  }

  replyTo(channel, m) {
    this.reply = channel ? { channel: channel.id, ts: m.thread_ts || m.ts } : null;
    this.render();
    document.getElementById('composer')?.focus();
  }

  drafting(channel, words) {
    this.drafts.set(`${this.who}/${channel.id}`, words);
    this.render();
  }

  prefill(channel, words) {
    this.drafting(channel, words);
    const box = document.getElementById('composer');
    box.value = words;
    box.focus();
  }

  async say(channel) {
    const key = `${this.who}/${channel.id}`, words = (this.drafts.get(key) || '').trim();
    if (!words) return;
    this.drafts.delete(key);
    document.getElementById('composer').value = '';
    const [first, ...rest] = words.split(' ');
    const reply = this.reply?.channel === channel.id ? { thread_ts: this.reply.ts } : {};
    if (first.startsWith('/')) await this.act({ do: 'command', command: first, text: rest.join(' ').trim(), channel: channel.id, ...reply });
    else await this.act({ do: 'message', channel: channel.id, text: words, ...reply });
  }

  async sayOutside(channel, root) {
    const text = this.outsideDraft.trim();
    if (!text) return;
    this.outsideDraft = '';
    document.getElementById('outside-composer').value = '';
    await this.act({ do: 'message', channel: channel.id, text, ...(root && { thread_ts: root.thread_ts || root.ts }) }, this.data.outside.me.id);
  }

  // -- going about ----------------------------------------------------------------------------

  async become(id) {
    this.who = id;
    const bridge = this.data.play.bridge;
    this.channelId = '';
    if (bridge) this.channelId = bridge;
    this.reply = null;
    this.openMenu = null;
    if (this.side === 'left') this.side = 'mid';
    await api.be({ who: id });
    await this.refresh();
  }

  open(id) { this.channelId = id; this.reply = null; this.side = 'mid'; this.refresh(); }

  async openHome() {
    this.open(HOME);
    await this.act({ do: 'home' });
  }

  async pressHome(action, label, url) {
    await this.act({ do: 'press', where: 'home', button: action, label });
    if (url) this.follow(url);
  }

  jump(id, ts) {
    if (!this.data.me.channels.some((one) => one.id === id)) { this.tell(`${this.data.me.me.name} is not in that channel.`); return; }
    this.goTo = ts || '';
    this.open(id);
  }

  setTab(tab) { this.tab = tab; this.render(); }
  toggleCard() { this.cardOpen = !this.cardOpen; this.render(); }
  toggleCertificate() {
    this.showCertificate = !this.showCertificate;
    this.render();
    document.querySelector('.certificate')?.scrollIntoView({ block: 'start' });
  }
  async copyImage() { this.tell(await copied(this.score)); }
  closeScore() { this.score = null; this.render(); }

  async alone(on) { await this.ask(() => api.be({ alone: on })); }
  async offer() {
    this.leads.take();
    await this.ask(() => api.offer());
  }
  // Each press turns what the one before it asked for, also while that is on its way.
  async run(on) {
    Object.assign(this, { wanted: on, turns: this.turns + 1 });
    Object.assign(this.data.play, { running: on, stopped: '' });
    this.render();
    const mine = this.turning = Promise.resolve(this.turning).then(() => api.clock({ run: on })).catch((error) => this.tell(error.message));
    await mine;
    this.turns += 1;
    if (this.turning === mine) this.turning = null;
    await this.refresh();
  }

  async clock(order) {
    this.walking = true;
    this.data.play.stopped = '';
    this.render();
    await this.ask(() => api.clock(order));
    this.walking = false;
    this.render();
  }

  async ask(work) {
    try { await work(); } catch (error) { this.tell(error.message); }
    await this.refresh();
  }

  async start(key) {
    Object.assign(this, { starting: key, who: '', channelId: '', score: null });
    this.render();
    await this.ask(() => api.start(key));
    this.starting = '';
    this.render();
  }

  // The same once more, in a new world.
  restart() { return this.start(this.data.play.scenario.key); }

  async leave() {
    Object.assign(this, { who: '', score: null });
    await this.ask(() => api.leave());
  }

  async showScore() {
    this.scoredRun = this.data.play.run;
    try { this.score = await api.score(); } catch (error) { this.tell(error.message); }
    this.render();
    document.getElementById('score-title')?.focus();
  }
}

const app = new App();
keys(app);
watchPresses();
api.watch(() => app.refresh());
setInterval(() => app.render(), 5000);
for (const one of [narrow, tall]) one.addEventListener('change', () => app.render());
app.refresh();
