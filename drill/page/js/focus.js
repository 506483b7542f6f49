// Where somebody is: noted before the page is made anew, and found again after it.

const FIELDS = 'input, textarea, select, button';

export function noted() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const field = at.closest('[data-stem]');
  return {
    at, id: at.id, stem: field?.dataset.stem, place: field ? [...field.querySelectorAll(FIELDS)].indexOf(at) : 0,
    from: 'selectionStart' in at ? at.selectionStart : null, to: 'selectionEnd' in at ? at.selectionEnd : null,
  };
}

// A field that the app made anew has another id, and the same name before the colon.
export function found(before) {
  if (!before || before.at.isConnected) return;
  const same = before.id && document.getElementById(before.id);
  const field = before.stem && [...document.querySelectorAll('[data-stem]')].find((one) => one.dataset.stem === before.stem);
  const at = same || (field && (field.querySelectorAll(FIELDS)[before.place] || field.querySelector(FIELDS)));
  if (!at) return;
  at.focus({ preventScroll: true });
  if (before.from !== null && at.type !== 'number' && 'setSelectionRange' in at) {
    try { at.setSelectionRange(before.from, before.to); } catch { /* no selection in this kind of field */ }
  }
}

// Once, so that the eye finds it; without motion the colour stays until the next change.
export function flash(node) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) node.classList.add('flash');
  else node.animate([{ backgroundColor: 'var(--me)' }, { backgroundColor: 'transparent' }], 2400);
}
