/** What somebody wants, as far as words tell. */
export type Wish = {
  readonly kind: 'generate' | 'edit' | 'talk';
  /** What the picture shall show, or what shall change. */
  readonly prompt: string;
  /** How many pictures, 1 to 10. */
  readonly count: number;
  /** Which earlier picture is meant. */
  readonly which: 'last' | 'first' | 'all';
};

/** Image models refuse longer ones; a long conversation is no reason to fail. */
const maxPromptLength = 31_900;

const numbers: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};

const makingVerbs =
  /\b(draw|paint|sketch|generate|create|make|design|render|illustrate|produce|depict|visuali[sz]e|imagine|doodle|compose)\b/i;
const changingVerbs =
  /\b(edit|change|add|remove|replace|erase|delete|turn|convert|transform|recolou?r|colou?r|enlarge|upscale|expand|extend|shrink|crop|rotate|flip|mirror|brighten|darken|blur|sharpen|restyle|retouch|adjust|modify|fix|improve|enhance|combine|merge|blend|mix|move|put|place|give|swap|cut|zoom|repaint|redo|redraw|keep|set)\b/i;
const pictureNouns =
  /\b(image|picture|photo(graph)?|drawing|painting|illustration|sketch|icon|logo|sprite|poster|portrait|wallpaper|banner|sticker|scene|render(ing)?|cartoon|artwork|avatar|mockup|diagram)s?\b/i;
/** Words that mean something that is there already. */
const backwards =
  /\b(it|its|them|this|that|these|those|same|again|before|previous(ly)?|earlier|another version|the (image|picture|photo|drawing|painting|scene|background|result)|(first|last|second) (image|picture|photo|one))\b/i;
/** Words that mean it only where nothing else is made. */
const weaklyBackwards = /\b(now|more|less|also|too|instead)\b/i;
/** `draw a dog`: whatever follows, something new is made, */
const beginsNew =
  /^(?:(?:please|now|then|and|ok(?:ay)?|also|(?:can|could|would|will) you)[,!.]?\s+)*(?:draw|paint|sketch|generate|create|make|design|render|illustrate|produce)\s+(?:me |us )?(?:an?|two|three|four|five|six|seven|eight|nine|ten|\d+|some)\b/i;
/** unless these words say that it is made of what is there. */
const ofTheOld =
  /\b(same|again|as before|previous|earlier|versions?|variants?|variations?|(this|that|the|my|these|those) (image|picture|photo|drawing|painting|sketch)s?)\b/i;
/** `make the sky blue`: what is made so is there already. */
const makesTheOld =
  /^(?:(?:please|now|then|and|ok(?:ay)?|also|(?:can|could|would|will) you)[,!.]?\s+)*make\s+(?:the|her|his|their|every\w*|all)\b/i;
/** `what about a hat?` proposes, and asks nothing. */
const proposes = /^(?:and )?(?:what|how) about\b/i;
const fresh =
  /\b(new|another|different|separate|fresh) (image|picture|photo|drawing|painting|one|scene)s?\b/i;
const questions =
  /^(what|who|whom|whose|why|when|where|which|how|is|are|was|were|do|does|did|should|would|describe|explain|tell|say|list|count|summari[sz]e|translate|(could|can) you (tell|explain|describe))\b/i;
const otherWorks =
  /\b(poem|story|joke|list|table|summary|essay|recipe|email|letter|plan|code|function|script|song|haiku|sentence|paragraph|translation)\b/i;

/**
 * Reads a wish by rules. `sent`: pictures came with these words. `seen`: how many pictures the conversation has
 * before. `mustPaint`: the caller wants a picture whatever the words say.
 */
export function readWish(
  text: string,
  facts: { readonly sent: number; readonly seen: number; readonly mustPaint: boolean },
): Wish {
  const words = text.trim();
  const hasPictures = facts.sent + facts.seen > 0;
  const count = readCount(words);
  const which = readWhich(words);
  const make = (kind: Wish['kind']): Wish => ({ kind, prompt: toPrompt(words, kind), count, which });
  const makes = makingVerbs.test(words) && !otherWorks.test(words);
  const changes = changingVerbs.test(words);
  const isProposal = hasPictures && proposes.test(words);
  const asks = !isProposal && (questions.test(words) || (words.endsWith('?') && !makes && !changes));
  const wants =
    facts.mustPaint ||
    isProposal ||
    (!asks && (makes || (hasPictures && changes) || pictureNouns.test(words)));
  if (!wants && !(hasPictures && !asks && refersBack(words))) return make('talk');
  if (facts.sent > 0) return make('edit');
  if (facts.seen === 0 || fresh.test(words)) return make('generate');
  if (ofTheOld.test(words)) return make('edit');
  if (beginsNew.test(words)) return make('generate');
  if (isProposal || makesTheOld.test(words)) return make('edit');
  return make(refersBack(words) || (changes && !makes) ? 'edit' : 'generate');
}

function refersBack(words: string): boolean {
  const isWeak = weaklyBackwards.test(words) && !beginsNew.test(words);
  return isWeak || backwards.test(words) || /^(and|but|with|without|as before|at night|in )\b/i.test(words);
}

/** `three pictures of …`, `2 icons`: a number right before a picture's noun. */
function readCount(words: string): number {
  const noun = pictureNouns.source;
  const found = new RegExp(
    `\\b(\\d{1,2}|${Object.keys(numbers).join('|')})\\s+(?:(?:different|new|separate|small|versions of the|variants of the|more)\\s+)?(?:${noun}|\\b(?:variants?|versions?|variations?)\\b)`,
    'i',
  ).exec(words);
  const word = found?.[1]?.toLowerCase();
  if (word === undefined) return 1;
  return Math.min(Math.max(numbers[word] ?? Number(word), 1), 10);
}

function readWhich(words: string): Wish['which'] {
  if (/\b(both|all|combine|merge|blend|mix)\b/i.test(words)) return 'all';
  return /\b(first|original|initial)\b/i.test(words) ? 'first' : 'last';
}

/** Without the words that only ask, as a sentence: the wish as a painter reads it. Of a change nothing is left out. */
function toPrompt(words: string, kind: Wish['kind']): string {
  const wish = words
    .slice(0, maxPromptLength)
    .replace(/^(please|now|ok(ay)?|hey|hi|hello|great|thanks|then|and)[,!.]?\s+/gi, '')
    .replace(/^(can|could|would|will) you (please )?/i, '')
    .replace(/^(i want|i would like|i'd like|give me|show me|let's see)( you to)?\s+/i, '')
    .trim();
  const bare = kind === 'edit' ? wish : withoutVerb(wish);
  const text = bare === '' ? words.slice(0, maxPromptLength) : bare;
  if (text === '') return 'A picture.';
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?…]$/.test(sentence) ? sentence.replace(/\?$/, '.') : `${sentence}.`;
}

function withoutVerb(wish: string): string {
  return wish
    .replace(
      /^(draw|paint|generate|create|make|render|produce|design)( me| us)?\s+(?=(an?|the|two|three|four|five|six|\d+|some)\b)/i,
      '',
    )
    .replace(
      /^(an?|the|one) (gorgeous |beautiful |nice |new |simple )?(image|picture|photo|drawing|painting|illustration) (of|showing|that shows|with) /i,
      '',
    )
    .trim();
}
