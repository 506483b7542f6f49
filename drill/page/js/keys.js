// The keyboard: 1-9 persona, n next step, space run or stop, / the composer, Escape back.

import { walk } from './menus.js';

export function keys(app) {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return escape(app);
    if (event.key === 'Tab') return hold(event);
    if (walk(event)) return undefined;
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (!app.data?.play.scenario || app.question || app.data.me?.views.length) return undefined;
    if (event.target.closest('input, textarea, select')) return undefined;
    return single(app, event);
  });
  document.addEventListener('click', (event) => {
    if (app.openMenu && !event.target.closest('.menu-of')) app.setMenu(null);
  });
}

function single(app, event) {
  const personas = app.data.play.scenario.personas;
  if (/^[1-9]$/.test(event.key) && personas[event.key - 1]) {
    const found = app.data.people.find((one) => one.handle === personas[event.key - 1]);
    if (found) app.become(found.id);
  } else if (event.key === 'n') app.clock({ next: true });
  else if (event.key === ' ' && !event.target.closest('button, summary, [role=log]')) app.run(!app.data.play.running);
  else if (event.key === '/') document.getElementById('composer')?.focus();
  else return;
  event.preventDefault();
}

function escape(app) {
  if (app.question) app.question = null;
  else if (app.openMenu) { app.setMenu(null); return; }
  else if (app.modals.search) app.modals.search = null;
  else if (app.data?.me?.views.length) { app.modals.close(false); return; }
  else if (app.score) app.score = null;
  else document.activeElement?.blur();
  app.render();
}

// Tab stays inside the form or the question in front.
function hold(event) {
  const front = document.querySelector('.dialog') || document.querySelector('.modal');
  if (!front) return;
  const all = [...front.querySelectorAll('button, input, select, textarea')].filter((one) => !one.disabled && one.offsetParent);
  const first = all[0], last = all[all.length - 1];
  if (!all.length) return;
  if (event.shiftKey && document.activeElement === first) { last.focus(); event.preventDefault(); }
  else if (!event.shiftKey && document.activeElement === last) { first.focus(); event.preventDefault(); }
}
