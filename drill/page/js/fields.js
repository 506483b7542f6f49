// The fields of a form: what is typed or chosen goes to the local Slack as Slack's client sends it.

import { h, kept } from './dom.js';
import { fromWall, toWall } from './times.js';

const HELD = ['value', 'selected_option', 'selected_options', 'selected_user', 'selected_users',
  'selected_date_time', 'selected_date', 'selected_time', 'selected_channel', 'selected_conversation', 'files'];

export function field(block, view) {
  const element = block.element, id = `f-${view.key}-${block.block_id}-${element.action_id}`.replace(/[^\w-]/g, '_');
  const error = view.errors?.[block.block_id];
  const label = block.label?.text || '';
  const input = {
    block, element, id, view, label, error,
    held: heldValue(view.values?.[block.block_id]?.[element.action_id]),
    send: (value) => view.fill(block.block_id, value),
  };
  const control = (CONTROL[element.type] || unknown)(input);
  if (block.bare) {
    // In a message nothing stands above it: it is called by what it says before anybody chose.
    (control.matches('input, select') ? control : control.querySelector('input, select'))?.setAttribute('aria-label', label || 'Choose');
    return control;
  }
  const grouped = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const heading = [label, block.optional && h('span', { class: 'optional' }, ' (optional)')];
  return h('div', { class: error ? 'field wrong' : 'field', 'data-stem': block.block_id.split(':')[0] },
    grouped ? h('fieldset', null, h('legend', null, heading), control) : [h('label', { for: id }, heading), control],
    error && h('p', { class: 'error', id: `${id}-error`, role: 'alert' }, error),
    block.hint && h('p', { class: 'hint' }, block.hint.text));
}

function heldValue(entry) {
  if (!entry) return null;
  const name = HELD.find((one) => one in entry);
  return name ? entry[name] : null;
}

const described = (input) => (input.error ? { 'aria-describedby': `${input.id}-error`, 'aria-invalid': 'true' } : {});

function textInput(input) {
  const { element, id, view } = input;
  const props = {
    id, ...described(input), value: input.held || '', placeholder: element.placeholder?.text,
    maxlength: element.max_length, 'data-field': input.block.block_id,
    oninput: (event) => view.typed(input.block.block_id, event.target),
    onblur: () => view.flush(),
  };
  if (element.multiline) return h('textarea', { ...props, rows: 3 });
  return h('input', { ...props, type: element.type === 'number_input' ? 'number' : 'text', autocomplete: 'off' });
}

function options(element) {
  return element.options || (element.option_groups || []).flatMap((group) => group.options);
}

const plainLabel = (option) => option.text.text.replace(/^\*(.*)\*$/, '$1');

function choice(kind) {
  return (input) => {
    const many = kind === 'checkbox';
    const chosen = many ? input.held || [] : input.held ? [input.held] : [];
    const has = (option) => chosen.some((one) => one.value === option.value);
    const pick = (option) => () => {
      if (!many) return input.send(option.value);
      const kept = has(option) ? chosen.filter((one) => one.value !== option.value) : [...chosen, option];
      return input.send(kept.map((one) => one.value));
    };
    return h('div', { class: 'choices' }, options(input.element).map((option, n) =>
      h('label', { class: `choice ${!has(option) && input.view.led?.(plainLabel(option)) ? 'led' : ''}`, 'data-key': option.value },
        h('input', { type: kind, name: input.id, id: `${input.id}-${n}`, checked: has(option), onchange: (event) => kept(event.target, pick(option)()) }),
        h('span', null, plainLabel(option),
          option.description && h('small', null, option.description.text)))));
  };
}

function select(input) {
  const placeholder = input.element.placeholder?.text || 'Choose';
  const held = input.held?.value ?? '';
  return h('select', { id: input.id, ...described(input), value: held, onchange: (event) => input.send(event.target.value || null) },
    h('option', { value: '' }, placeholder),
    options(input.element).map((option) => h('option', { value: option.value, selected: option.value === held },
      option.text.text + (option.description ? `: ${option.description.text}` : ''))));
}

function multiSelect(input) {
  return choice('checkbox')(input);
}

function person(input) {
  const held = Array.isArray(input.held) ? input.held[0] : input.held;
  const people = input.view.people.filter((one) => !['bot', 'deactivated', 'outside'].includes(one.kind));
  return h('select', { id: input.id, ...described(input), value: held || '', onchange: (event) => input.send(event.target.value || null) },
    h('option', { value: '' }, input.element.placeholder?.text || 'Choose a person'),
    people.map((one) => h('option', { value: one.id, selected: one.id === held }, one.name)));
}

function external(input) {
  const chosen = input.held ? input.held.text.text : '';
  return combo(input, chosen, (option) => input.send(option));
}

function externals(input) {
  const held = input.held || [];
  const without = (option) => held.filter((one) => one.value !== option.value);
  return h('div', null,
    held.length > 0 && h('div', { class: 'choices' }, held.map((option) =>
      h('button', { type: 'button', class: 'btn small', 'aria-label': `Take ${option.text.text} off`, onclick: () => input.send(without(option)) },
        `${option.text.text} ×`))),
    combo(input, '', (option) => input.send([...without(option), option])));
}

function combo(input, chosen, take) {
  const { view, element, id, block } = input;
  const search = view.search(), open = search?.block === block.block_id;
  const choose = (option) => () => { view.setSearch(null); take(option); };
  return h('div', { class: 'combo' },
    h('input', {
      id, type: 'text', role: 'combobox', 'aria-expanded': String(open), 'aria-controls': `${id}-list`, ...described(input),
      autocomplete: 'off', placeholder: element.placeholder?.text, value: chosen,
      oninput: (event) => { event.target.dataset.dirty = '1'; view.lookUp(block, element, event.target.value); },
      onkeydown: (event) => {
        if (event.key === 'ArrowDown') document.querySelector(`#${id}-list button`)?.focus();
        if (event.key === 'Enter' && search?.options?.length) choose(search.options[0])();
      },
    }),
    open && h('div', { class: 'menu list', id: `${id}-list`, role: 'listbox' },
      search.options.length === 0 && h('p', { class: 'none' }, search.typed ? 'Nothing found.' : 'Type to search.'),
      search.options.map((option) => h('button', { type: 'button', role: 'option', onclick: choose(option) },
        option.text.text, option.description && h('small', null, option.description.text)))));
}

function dateTime(input) {
  const zone = input.view.me.time_zone;
  return h('input', {
    id: input.id, type: 'datetime-local', ...described(input), value: input.held ? toWall(input.held, zone) : '',
    title: `In ${zone.replace('_', ' ')} time`, onchange: (event) => input.send(event.target.value ? fromWall(event.target.value, zone) : null),
  });
}

const plainInput = (type) => (input) => h('input', {
  id: input.id, type, value: input.held || '', ...described(input), onchange: (event) => input.send(event.target.value || null),
});

// The drill keeps what Slack tells an app of a file; the file itself stays where it is.
function files(input) {
  const held = input.held || [], { element, id } = input;
  const put = (event) => kept(event.target, input.send([...event.target.files].map(({ name, size }) => ({ name, size }))));
  return h('div', { class: 'files' },
    h('input', { id, type: 'file', multiple: (element.max_files || 10) > 1, ...described(input), onchange: put }),
    held.map((file) => h('p', { class: 'hint' }, `${file.name} (${Math.max(1, Math.round(file.size / 1000))} kB) is attached`)));
}

const unknown = (input) => h('p', { class: 'hint' }, `(a field of type ${input.element.type})`);

const CONTROL = {
  plain_text_input: textInput, number_input: textInput, email_text_input: textInput, url_text_input: textInput,
  radio_buttons: choice('radio'), checkboxes: choice('checkbox'), static_select: select,
  multi_static_select: multiSelect, external_select: external, multi_external_select: externals, users_select: person, multi_users_select: person,
  conversations_select: person, datetimepicker: dateTime, datepicker: plainInput('date'), timepicker: plainInput('time'),
  file_input: files,
};
