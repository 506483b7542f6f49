// The form in front of a persona. Words typed in it survive what the app changes around them.

import * as api from './api.js';
import { h } from './dom.js';
import { blocks } from './blocks.js';
import { coachInForm } from './shell.js';

const PAUSE_MS = 350;

export class Modals {
  constructor(app) {
    this.app = app;
    this.waiting = new Map();
    this.timer = 0;
    this.search = null;
    this.sending = Promise.resolve();
  }

  render(data) {
    const stack = data.me?.views || [];
    const opened = stack[stack.length - 1];
    if (!opened) {
      this.search = null;
      this.waiting.clear();
      return null;
    }
    const view = this.view(opened);
    return h('div', { class: 'veil', 'data-key': 'modal' },
      h('form', {
        class: 'modal', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'modal-title', 'data-key': opened.id,
        onsubmit: (event) => { event.preventDefault(); this.submit(); },
      },
        h('header', null,
          stack.length > 1 && h('button', { type: 'button', class: 'btn plain', onclick: () => this.close(false) }, '‹ Back'),
          h('h2', { id: 'modal-title' }, opened.title.text),
          h('button', { type: 'button', class: 'btn plain', 'aria-label': 'Close', onclick: () => this.close(true) }, '×')),
        opened.banner && h('p', { class: 'banner', role: 'alert' }, opened.banner),
        coachInForm(data, this.app),
        h('div', { class: 'modal-body', 'data-key': 'body' }, blocks(opened.blocks, view)),
        h('footer', null,
          h('button', { type: 'button', class: 'btn', onclick: () => this.close(false) }, opened.close?.text || 'Cancel'),
          opened.submit && h('button', { type: 'submit', class: 'btn primary' }, opened.submit.text))));
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
    await this.flush();
    const had = new Set([...document.querySelectorAll('.modal-body > [data-key]')].map((one) => one.dataset.key));
    const id = document.querySelector('.modal')?.dataset.key;
    await this.app.act({ do: 'submit' });
    const wrong = document.querySelector('.modal .field.wrong');
    if (wrong) {
      wrong.scrollIntoView({ block: 'center' });
      wrong.querySelector('input, textarea, select')?.focus({ preventScroll: true });
    } else if (document.querySelector('.modal')?.dataset.key === id) this.showNew(had);
  }

  // What the app added to the form after a press may lie below the fold.
  showNew(had) {
    const added = [...document.querySelectorAll('.modal-body > [data-key]')].find((one) => !had.has(one.dataset.key));
    added?.scrollIntoView({ block: 'center' });
    added?.classList.add('flash');
  }

  async close(all) {
    this.waiting.clear();
    await this.app.act({ do: 'close', all });
  }
}
