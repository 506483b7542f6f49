// Tables: a page of rows at a time, in a region that scrolls sideways by itself.

import { h } from './dom.js';
import { marked } from './mrkdwn.js';
import { rich } from './rich.js';

const ROWS = 5;

export function dataTable(block, view, at) {
  const [head, ...rows] = block.rows, size = block.page_size || ROWS, last = Math.ceil(rows.length / size) - 1;
  const page = Math.min(view.looks?.get(at) || 0, last), from = page * size, shown = rows.slice(from, from + size);
  const named = block.row_header_column_index || 0;
  const turn = (label, to) => h('button', {
    type: 'button', class: 'btn small', 'aria-disabled': to < 0 || to > last ? 'true' : undefined, onclick: () => (to < 0 || to > last ? null : view.look(at, to)),
  }, label);
  return h('div', { class: 'b-table' },
    h('div', { class: 'b-rows', tabindex: '0', role: 'region', 'aria-label': `Table: ${block.caption}` }, h('table', null,
      h('caption', null, h('span', null, block.caption)),
      h('thead', null, h('tr', null, head.map((one, n) => h('th', { scope: 'col', class: kind(one), style: `min-width:min(${room(block.rows, n)}em, 55cqw)` }, cell(one, view))))),
      h('tbody', null, shown.map((row) => h('tr', null, row.map((one, n) =>
        (n === named ? h('th', { scope: 'row' }, cell(one, view)) : h('td', { class: kind(one) }, cell(one, view))))))))),
    last > 0 && h('div', { class: 'b-pages', role: 'group', 'aria-label': `Pages of ${block.caption}` },
      turn('Back', page - 1), h('span', { 'aria-live': 'polite' }, `${from + 1} to ${from + shown.length} of ${rows.length}`), turn('Next', page + 1)));
}

// The plain one has neither caption nor pages; its first row is read as its header.
export const plainTable = (block, view, at) => dataTable({ caption: 'Table', page_size: block.rows.length, ...block }, view, at);

// A column with long words is wide, and the region scrolls; narrow ones would make towers of words.
const room = (rows, n) => Math.min(16, Math.max(5.5, Math.max(...rows.map((row) => length(row[n]))) / 3.2));
const length = (one) => (one.type === 'rich_text' ? one.elements.flatMap((part) => part.elements).reduce((sum, piece) => sum + (piece.text || piece.fallback || 'some name').length, 0) : one.text.length);

const kind = (one) => (one.type === 'raw_number' ? 'number' : null);
const cell = (one, view) => (one.type === 'rich_text' ? rich(one, view) : marked(one.text));
