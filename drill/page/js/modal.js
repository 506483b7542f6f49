// The form in front of a persona. Words typed in it survive what the app changes around them.

import * as api from './api.js';
import { h } from './dom.js';
import { blocks } from './blocks.js';
import { flash } from './focus.js';
import { coachInForm } from './shell.js';

const PAUSE_MS = 350, NEW_MS = 2000;

export class Modals {
  constructor(app) {
    this.app = app;
    this.waiting = new Map();
    this.timer = 0;
    this.search = null;
    this.had = null;
    this.typing = null;
    this.sending = Promise.resolve();
  }

  render(data) {
    const stack = data.me?.views || [];
    const opened = stack[stack.length - 1];
    if (!opened) {
      if (this.from) queueMicrotask(back(this.from));
      this.from = null;
      this.search = null;
      this.had = null;
      this.waiting.clear();
      return null;
    }
    this.from ||= document.activeElement;
    if (this.shown !== opened.id) {
      Object.assign(this, { shown: opened.id, shownAt: this.app.now(), had: null });
      const coach = data.play.coach;
      if (coach?.types && coach.who === data.me.me.handle) queueMicrotask(() => { this.typing = this.app.offer(); });
    }
    const view = this.view(opened);
    return h('div', { class: 'veil', 'data-key': 'modal' },
      h('div', { class: 'modal', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'modal-title', 'data-key': opened.id }, h('form', {
        onsubmit: (event) => { event.preventDefault(); this.submit(); },
      },
        h('div', { class: 'modal-head' },
          stack.length > 1 && h('button', { type: 'button', class: 'btn plain', onclick: () => this.close(false) }, '‹ Back'),
          h('h2', { id: 'modal-title' }, opened.title.text),
          h('button', { type: 'button', class: 'btn plain', 'aria-label': 'Close', onclick: () => this.close(true) }, '×')),
        opened.banner && h('p', { class: 'banner', role: 'alert' }, opened.banner),
        coachInForm(data, this.app),
        h('div', { class: 'modal-body', 'data-key': 'body' }, blocks(opened.submit ? opened.blocks : this.arrived(opened.blocks), view)),
        h('footer', null,
          h('button', { type: 'button', class: `btn ${this.app.leads.out(opened) ? 'led' : ''}`, onclick: () => this.close(false) }, opened.close?.text || 'Cancel'),
          opened.submit && h('button', { type: 'submit', class: `btn primary ${!this.app.leads.offers && view.led?.(opened.submit.text) ? 'led' : ''}` }, opened.submit.text)))));
  }

  view(opened) {
    return {
      ...this.app.view('modal'), key: opened.id, values: opened.state.values, errors: opened.errors,
      press: (action, label, url) => this.press(action, url),
      fill: (block, value) => this.fill(block, value),
      typed: (block, node) => this.typed(block, node),
      flush: () => this.flush(),
      search: () => this.search,
      setSearch: (search) => { this.search = search; this.app.render(); },
      lookUp: (block, element, typed) => this.lookUp(block, element, typed),
    };
  }

  // What is only read here says when the customer has it, too.
  arrived(all) {
    return all.map((one) => (one.text ? { ...one, text: { ...one.text, text: this.app.arrived(one.text.text, this.shownAt - 2) } } : one));
  }

  typed(block, node) {
    node.dataset.dirty = '1';
    this.waiting.set(block, node.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE_MS);
  }

  // One after the other: the app must never see an older word after a newer one.
  flush() {
    clearTimeout(this.timer);
    const who = this.app.who;
    for (const [block, value] of this.waiting) {
      this.sending = this.sending.then(() => api.act(who, { do: 'fill', field: block, value }).catch(() => null));
    }
    this.waiting.clear();
    return this.sending;
  }

  async fill(block, value) {
    await this.flush();
    this.had = { words: said(), until: Date.now() + NEW_MS, block: 'nearest' };
    await this.app.act({ do: 'fill', field: block, value });
  }

  async lookUp(block, element, typed) {
    this.search = { block: block.block_id, typed, options: this.search?.options || [] };
    if (!typed) return this.fill(block.block_id, null);
    try {
      const got = await api.act(this.app.who, { do: 'options', field: block.block_id, typed });
      if (this.search?.typed === typed) this.search = { block: block.block_id, typed, options: got.options };
    } catch (error) { this.app.tell(error.message); }
    return this.app.render();
  }

  async press(action, url) {
    await this.flush();
    await this.app.act({ do: 'press', where: 'modal', button: action });
    if (url) this.app.follow(url);
  }

  async submit() {
    await this.typing;
    await this.flush();
    this.had = { words: said(), until: Date.now() + NEW_MS, block: 'center' };
    await this.app.act({ do: 'submit' });
    const wrong = document.querySelector('.modal .field.wrong');
    if (wrong) {
      wrong.scrollIntoView({ block: 'center' });
      wrong.querySelector('input, textarea, select')?.focus({ preventScroll: true });
    }
  }

  // What the app adds to the form, a moment after somebody did something, may lie below the fold.
  showNew() {
    const { words, until, block } = this.had || {};
    if (!words || Date.now() > until) return;
    const added = parts().filter((one) => !words.has(one.textContent));
    if (!added.length || document.querySelector('.modal .field.wrong')) return;
    this.had = null;
    added.at(-1).scrollIntoView({ block });
    for (const one of added) flash(one);
  }

  async close(all) {
    this.waiting.clear();
    await this.app.act({ do: 'close', all });
  }
}

// Where somebody was before the form: there again, or at the messages when that is gone.
const back = (from) => () => {
  if (document.activeElement && document.activeElement !== document.body) return;
  const there = from.isConnected && from !== document.body ? from : document.querySelector('.mid [role=log]');
  there?.focus({ preventScroll: true });
};

const parts = () => [...document.querySelectorAll('.modal-body > .b-section, .modal-body > .b-context, .modal-body > .b-alert, .modal-body > .field')];
const said = () => new Set(parts().map((one) => one.textContent));
