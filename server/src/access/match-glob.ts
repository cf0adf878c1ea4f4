/**
 * Does the text match the glob? `*` stands for any characters, `?` for one. Takes at most glob times text steps,
 * whatever the glob: a regular expression made of one could take for ever.
 */
export function matchGlob(glob: string, text: string): boolean {
  let [at, place] = [0, 0];
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    if (glob[at] === '*') {
      star = at;
      resume = place;
      at += 1;
    } else if (at < glob.length && (glob[at] === '?' || glob[at] === text[place])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      resume += 1;
      [at, place] = [star + 1, resume];
    } else return false;
  }
  while (glob[at] === '*') at += 1;
  return at === glob.length;
}
