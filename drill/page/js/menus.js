// Menus: opened by a press, walked by arrows, closed by Escape; focus goes back where it was.

import { h } from './dom.js';

// choices: [{ label, description, go }]
export function menu(view, key, { face, name, choices, kind = '', button = 'btn' }) {
  const open = view.menu() === key;
  const choose = (choice) => () => { view.setMenu(null); choice.go(); };
  const led = view.led && choices.some((one) => view.led(one.label));
  return h('span', { class: `menu-of ${kind} ${open ? 'open' : ''}`, 'data-key': `menu-${key}` },
    h('button', {
      type: 'button', class: `${button} ${led ? 'led' : ''}`, 'aria-label': name, 'aria-haspopup': 'menu', 'aria-expanded': String(open),
      'data-opens': key, onclick: () => view.setMenu(open ? null : key),
    }, face),
    open && h('div', { class: 'menu', role: 'menu', 'aria-label': name, 'data-key': 'menu' }, choices.map((one) =>
      h('button', { type: 'button', role: 'menuitem', class: view.led?.(one.label) ? 'led' : '', onclick: choose(one) }, one.label,
        one.description && h('small', null, one.description)))));
}

// After a menu was opened or closed, and the page was made anew.
export function follow(opened, closed) {
  if (opened) {
    const shown = document.querySelector('[role=menu]');
    shown?.scrollIntoView({ block: 'nearest' });
    shown?.querySelector('button')?.focus({ preventScroll: true });
  } else if (closed && (document.activeElement === document.body || !document.activeElement)) {
    [...document.querySelectorAll('[data-opens]')].find((one) => one.dataset.opens === closed)?.focus({ preventScroll: true });
  }
}

export function walk(event) {
  if (event.target.closest('[role=tablist]')) return along(event);
  const shown = event.target.closest('[role=menu], [role=listbox]');
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (!shown || !steps[event.key]) return false;
  const all = [...shown.querySelectorAll('button')];
  all[(all.indexOf(document.activeElement) + steps[event.key] + all.length) % all.length]?.focus();
  event.preventDefault();
  return true;
}

// Tabs: arrows go round, Home and End to the ends; the tab that is reached is chosen.
function along(event) {
  const all = [...event.target.closest('[role=tablist]').querySelectorAll('[role=tab]')], at = all.indexOf(event.target);
  const to = { ArrowRight: (at + 1) % all.length, ArrowLeft: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return false;
  all[to].click();
  document.querySelectorAll('[role=tablist] [role=tab]')[to]?.focus();
  event.preventDefault();
  return true;
}
