// Block Kit as Slack's client shows it, in messages and in modals.

import { h } from './dom.js';
import { marked, mrkdwn } from './mrkdwn.js';
import { field } from './fields.js';

export function blocks(list, view) {
  return (list || []).map((block) => {
    const shown = RENDER[block.type] || unknown;
    const node = shown(block, view);
    node.setAttribute('data-key', block.block_id);
    return node;
  });
}

export const text = (object, view) =>
  !object ? [] : object.type === 'mrkdwn' ? mrkdwn(object.text, view) : marked(object.text);

const RENDER = {
  header: (block) => h('h3', { class: 'b-header' }, marked(block.text.text)),
  divider: () => h('hr'),
  section: (block, view) => h('div', { class: block.accessory ? 'b-section with-side' : 'b-section' },
    h('div', { class: 'b-text' },
      block.text && h('div', { class: 'words' }, text(block.text, view)),
      block.fields && h('dl', { class: 'b-fields' }, block.fields.map((one) => h('div', null, text(one, view))))),
    block.accessory && element(block.accessory, block, view)),
  context: (block, view) => h('div', { class: 'b-context' },
    block.elements.map((one) => (one.type === 'image' ? null : h('span', null, text(one, view))))),
  actions: (block, view) => h('div', { class: 'b-actions' },
    block.elements.map((one) => element(one, block, view))),
  input: (block, view) => field(block, view),
};

const unknown = (block) => h('div', { class: 'b-context' }, `(a block of type ${block.type})`);

function element(one, block, view) {
  if (one.type === 'button') return button(one, view);
  if (one.type === 'overflow') return overflow(one, block, view);
  return field({ ...block, type: 'input', element: one, label: one.placeholder, bare: true }, view);
}

function button(one, view) {
  const press = () => view.confirm(one.confirm, one.text.text, () => view.press(one.action_id, one.text.text, one.url));
  return h('button', {
    type: 'button', class: `btn ${one.style || ''}`, onclick: press, 'data-key': one.action_id,
    title: one.url ? one.url : undefined, disabled: view.quiet || undefined,
  }, one.text.text);
}

function overflow(one, block, view) {
  const key = `${view.key}/${block.block_id}/${one.action_id}`;
  const open = view.menu() === key;
  const choose = (option) => () => {
    view.setMenu(null);
    view.confirm(one.confirm, option.text.text, () => view.press(option.text.text, option.text.text));
  };
  return h('span', { class: 'menu-of', 'data-key': one.action_id },
    h('button', {
      type: 'button', class: 'btn', 'aria-label': 'More', 'aria-haspopup': 'menu',
      'aria-expanded': String(open), onclick: () => view.setMenu(open ? null : key),
    }, '…'),
    open && h('div', { class: 'menu', role: 'menu' }, one.options.map((option) =>
      h('button', { type: 'button', role: 'menuitem', onclick: choose(option) }, option.text.text,
        option.description && h('small', null, option.description.text)))));
}
