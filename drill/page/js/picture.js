// The finish as a picture: drawn here, copied or, where the browser does not let us, saved.

import { figureOf, inRows, isHeading } from './finish.js';

const WIDE = 1200, HIGH = 675, EDGE = 56;
const INK = '#1a2433', SOFT = '#4f5b73', LINE = '#c5cedb', GREEN = '#1f6f5c', RED = '#a4262c', NAVY = '#1d3557';
const face = (size, weight = 400) => `${weight} ${size}px system-ui, "Segoe UI", "Noto Sans", sans-serif`;

export async function copied(score) {
  const canvas = drawn(score), picture = await new Promise((done) => canvas.toBlob(done, 'image/png'));
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return 'The image is copied.';
  } catch {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(picture);
    link.download = 'bridgewatch-drill.png';
    link.click();
    return 'The browser did not let us copy; the image is saved.';
  }
}

export function drawn(score) {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDE, height: HIGH }), pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, WIDE, HIGH);
  pen.fillStyle = NAVY;
  pen.fillRect(0, 0, WIDE, 74);
  words(pen, 'Bridgewatch', EDGE, 47, face(26, 700), '#fff');
  words(pen, score.title, 250, 47, face(22), '#dbe5f2');
  words(pen, figureOf(score), EDGE, 190, face(104, 700), GREEN);
  const wide = pen.measureText(figureOf(score)).width;
  wrapped(pen, score.figure.says, EDGE + wide + 26, 150, 700, face(26), SOFT, 2, 34);
  words(pen, 'Nearly sent', EDGE, 262, face(21, 700), RED);
  words(pen, `What ${score.customer} read`, WIDE / 2 + 10, 262, face(21, 700), GREEN);
  let y = 296;
  for (const one of score.nearly.slice(0, 3)) {
    y = wrapped(pen, one.words, EDGE, y, 480, face(19), SOFT, 2, 25, true);
    y = wrapped(pen, one.why, EDGE, y, 480, face(16), RED, 2, 22) + 12;
  }
  const told = score.read.findLast((one) => one.update) || score.read.at(-1);
  y = 296;
  for (const line of told?.words || []) if (y < 480) y = wrapped(pen, line, WIDE / 2 + 10, y, 530, face(17, isHeading(line) ? 700 : 400), INK, 3, 22) + 3;
  theHour(pen, score);
  words(pen, 'DRILL. Nothing left this machine.', EDGE, HIGH - 18, face(15), SOFT);
  return canvas;
}

function theHour(pen, score) {
  const span = Math.max(60, ...score.hour.map((one) => one.minute)), y = 588, x = (minute) => EDGE + (minute / span) * (WIDE - 2 * EDGE);
  pen.fillStyle = LINE;
  pen.fillRect(EDGE, y, WIDE - 2 * EDGE, 4);
  for (const one of inRows(score.hour, span, 1 / 128)) {
    pen.fillStyle = GREEN;
    pen.beginPath();
    pen.arc(x(one.minute), y + 2, 7, 0, 7);
    pen.fill();
    pen.textAlign = one.isEnd ? 'right' : 'left';
    words(pen, `T+${one.minute} ${one.says}`, x(one.minute) + (one.isEnd ? 7 : -7), [y - 14, y + 30, y - 36, y + 52][one.row % 4], face(15, 600), INK);
    pen.textAlign = 'left';
  }
}

function words(pen, text, x, y, font, colour) {
  Object.assign(pen, { font, fillStyle: colour });
  pen.fillText(text, x, y);
}

function wrapped(pen, text, x, y, width, font, colour, most, step, struck = false) {
  Object.assign(pen, { font, fillStyle: colour });
  for (const line of linesOf(pen, text, width, most)) {
    pen.fillText(line, x, y);
    if (struck) pen.fillRect(x, y - 6, pen.measureText(line).width, 2);
    y += step;
  }
  return y;
}

function linesOf(pen, text, width, most) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else if (lines.length < most) lines.push(word);
    else { lines[lines.length - 1] += ' …'; break; }
  }
  return lines;
}
