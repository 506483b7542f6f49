// Building and renewing the page: a tree is made anew and laid over the old one, so that focus,
// scroll and half-typed words stay where they are.

const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) set(node, name, value);
  append(node, children);
  return node;
}

export const lock = () => icon('M5 7V5a3 3 0 0 1 6 0v2M4 7h8v6.5H4z');

export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith('on')) {
    node[name] = value;
    (node.handlers ||= new Set()).add(name);
  } else if (name === 'value') {
    node.value = value;
    node.setAttribute('data-value', value);
  } else if (name === 'checked') {
    node.checked = true;
    node.setAttribute('data-checked', '1');
  } else node.setAttribute(name, value === true ? '' : value);
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

export function renew(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  renewHandlers(old, fresh);
  renewValue(old, fresh);
  renewAttributes(old, fresh);
  renewChildren(old, fresh);
}

function renewHandlers(old, fresh) {
  for (const name of old.handlers || []) if (!fresh.handlers?.has(name)) old[name] = null;
  for (const name of fresh.handlers || []) old[name] = fresh[name];
  old.handlers = fresh.handlers;
}

// What somebody types wins over what the server last knew, until the server says something new.
function renewValue(old, fresh) {
  const before = old.getAttribute('data-value'), after = fresh.getAttribute('data-value');
  if (after !== null && after !== before && old.value !== after) {
    if (document.activeElement !== old || old.dataset.dirty !== '1') old.value = after;
  }
  // A tick is the person's until the app has answered it.
  if ((old.type === 'checkbox' || old.type === 'radio') && !old.pending) old.checked = fresh.checked;
}

export async function kept(box, answered) {
  box.pending = true;
  try { await answered; } finally { box.pending = false; }
}

function renewAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === 'data-dirty')) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function renewChildren(old, fresh) {
  const next = [...fresh.childNodes], wanted = new Set(next.map(keyOf).filter(Boolean));
  // What goes, goes first: a node that stays is then never moved, and so keeps its focus.
  for (const child of [...old.children]) if (keyOf(child) && !wanted.has(keyOf(child))) child.remove();
  const keyed = new Map([...old.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let at = old.firstChild;
  for (const child of next) {
    const key = keyOf(child), same = key ? keyed.get(key) : null;
    if (same && same.nodeName === child.nodeName) {
      while (at && at !== same && !keyOf(at)) at = dropped(at);
      if (same === at) at = at.nextSibling;
      else old.insertBefore(same, at);
      keyed.delete(key);
      renew(same, child);
    } else if (!key && at && !keyOf(at)) {
      const after = at.nextSibling;
      renew(at, child);
      at = after;
    } else old.insertBefore(child, at);
  }
  while (at) at = dropped(at);
}

function dropped(node) {
  const after = node.nextSibling;
  node.remove();
  return after;
}

const keyOf = (node) => node.dataset?.key;
