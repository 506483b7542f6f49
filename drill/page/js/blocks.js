// Block Kit as Slack's client shows it, in messages and in modals.

import { h, icon } from './dom.js';
import { marked, mrkdwn } from './mrkdwn.js';
import { field } from './fields.js';
import { menu } from './menus.js';
import { rich } from './rich.js';
import { dataTable, plainTable } from './tables.js';

// What somebody unfolded, and the page of a table, is theirs: it is kept by the place of the block.
export function blocks(list, view, above = view.key) {
  return (list || []).map((block, n) => {
    const shown = RENDER[block.type] || unknown;
    const node = shown(block, view, `${above}/${n}`);
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
  rich_text: (block, view) => h('div', { class: 'words' }, rich(block, view)),
  container, data_table: dataTable, table: plainTable,
  alert: (block, view) => h('div', { class: `b-alert level-${block.level || 'default'}`, role: 'note' },
    icon(SIGNS[block.level] || SIGNS.info), h('p', null, h('b', null, `${LEVELS[block.level] || 'Note'}: `), text(block.text, view))),
};

const LEVELS = { warning: 'Warning', error: 'Error', success: 'Done' };
const SIGNS = {
  info: 'M8 1.5a6.5 6.5 0 1 0 .01 0M8 7.5v4M8 4.5v1', success: 'M8 1.5a6.5 6.5 0 1 0 .01 0M5 8.2l2.2 2.2L11 6',
  warning: 'M8 1.8l6.5 12h-13zM8 6.2v3.6M8 11v1', error: 'M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3zM8 4.5v4.2M8 10.2v1.2',
};

function container(block, view, at) {
  const title = block.rich_text_title ? rich(block.rich_text_title, view) : marked(block.title.text);
  const head = h('span', { class: 'b-box-title' }, h('b', null, title), block.subtitle && h('span', null, text(block.subtitle, view)));
  const open = !block.is_collapsible || (view.looks?.get(at) ?? (!block.default_collapsed || leads(block, view)));
  return h('div', { class: `b-box ${block.width || 'standard'} ${block.has_header_divider ? 'ruled' : ''}`, role: 'group', 'aria-label': block.title?.text },
    block.is_collapsible
      ? h('button', { type: 'button', class: 'b-box-head', 'aria-expanded': String(open), onclick: () => view.look(at, !open) }, icon('M5.5 3.5L10 8l-4.5 4.5'), head)
      : h('div', { class: 'b-box-head' }, head),
    open && h('div', { class: 'b-box-body' }, blocks(block.child_blocks, view, at)));
}

// What the coach names is to be seen: its box is open from the beginning.
const leads = (block, view) => block.child_blocks.some((child) =>
  [child.accessory, ...(child.elements || [])].some((one) => one?.type === 'button' && view.led?.(one.text.text)));

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
