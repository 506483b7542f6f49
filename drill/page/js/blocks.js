// Block Kit as Slack's client shows it, in messages and in modals.

import { h } from './dom.js';
import { marked, mrkdwn } from './mrkdwn.js';
import { field } from './fields.js';
import { menu } from './menus.js';

export function blocks(list, view) {
  return (list || []).map((block) => {
    const shown = RENDER[block.type] || unknown;
    const node = shown(block, view);
    // Slack names a block anew each time when the app does not; only fields must be the same ones.
    if (block.type === 'input') node.setAttribute('data-key', block.block_id);
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
      block.fields && h('div', { class: 'b-fields' }, block.fields.map((one) => h('div', null, text(one, view))))),
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
    type: 'button', class: `btn ${one.style || ''} ${view.led?.(one.text.text) ? 'led' : ''}`, onclick: press, 'data-key': `${one.action_id} ${one.value || ''}`,
    title: one.url ? one.url : undefined, disabled: view.quiet || undefined,
  }, one.text.text);
}

const chosen = (one, view) => one.options.map((option) => ({
  label: option.text.text, description: option.description?.text,
  go: () => view.confirm(one.confirm, option.text.text, () => view.press(option.text.text, option.text.text)),
}));

const overflow = (one, block, view) => menu(view, `${view.key}/${one.action_id}/${one.options[0].value}`, { face: 'More', name: `More: ${one.options[0].text.text}`, choices: chosen(one, view) });

// The buttons of a card in one row: as many as fit, and one menu for the rest of them.
export function oneRow(list, view, fits) {
  const all = list.flatMap((block) => block.elements);
  const plain = all.filter((one) => one.type === 'button'), menus = all.filter((one) => one.type === 'overflow');
  const key = `${innerWidth} ${plain.map((one) => one.text.text)}`, most = fits.get(key) ?? 4;
  // What the coach names is to be seen, whatever its place.
  const named = plain.slice(most).find((one) => view.led?.(one.text.text));
  const choices = menus.flatMap((one) => chosen(one, view)), chosenLed = choices.find((one) => view.led?.(one.label));
  const shown = named ? [...plain.slice(0, most - 1), named] : plain.slice(0, chosenLed ? most - 1 : most);
  const rest = [
    ...plain.filter((one) => !shown.includes(one)).map((one) => ({ label: one.text.text, go: () => view.confirm(one.confirm, one.text.text, () => view.press(one.action_id, one.text.text, one.url)) })),
    ...choices.filter((one) => one !== chosenLed),
  ];
  return h('div', { class: 'b-actions row', 'data-fits': key }, shown.map((one) => button(one, view)),
    chosenLed && h('button', { type: 'button', class: 'btn led', 'data-key': 'led', onclick: chosenLed.go }, chosenLed.label),
    rest.length > 0 && menu(view, `${view.key}/rest`, { face: 'More', name: 'More', choices: rest }));
}
