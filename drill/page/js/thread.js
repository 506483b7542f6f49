// A line from the press to what it brought to the customer's side; none where motion is unwelcome.

const SVG = 'http://www.w3.org/2000/svg', REMEMBERED_MS = 9000, SHOWN_MS = 2200;
let pressed = null;

export function watchPresses() {
  document.addEventListener('click', (event) => {
    const at = event.target.closest('button')?.getBoundingClientRect();
    if (at) pressed = { x: at.right, y: at.top + at.height / 2, at: Date.now() };
  }, true);
}

export function thread(node) {
  const to = node.getBoundingClientRect();
  if (!pressed || Date.now() - pressed.at > REMEMBERED_MS || !to.width || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const x = to.left, y = Math.min(to.top + 24, innerHeight - 40), bend = Math.max(60, (x - pressed.x) / 2);
  const svg = document.createElementNS(SVG, 'svg'), line = document.createElementNS(SVG, 'path');
  svg.setAttribute('class', 'thread-line');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', `M${pressed.x} ${pressed.y} C${pressed.x + bend} ${pressed.y} ${x - bend} ${y} ${x} ${y}`);
  line.setAttribute('pathLength', '1');
  svg.append(line);
  document.body.append(svg);
  pressed = null;
  setTimeout(() => svg.remove(), SHOWN_MS);
}
