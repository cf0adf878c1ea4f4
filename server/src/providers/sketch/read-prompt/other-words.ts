import type { DayTime, Place, RelationKind, Season, Style, Weather } from './reading.ts';

/** `meaning: words that mean it`, words separated by `|`. */
export const placeWords: Readonly<Record<Place, string>> = {
  meadow: 'meadow|field|grassland|hill|hills|countryside|pasture|prairie|farm|valley|outdoors|lawn|grassy',
  beach: 'beach|seaside|shore|coast|seashore|tropical island|island|sand',
  sea: 'sea|ocean|open sea|harbor|harbour|waves|bay|at sea|open water|water',
  underwater:
    'underwater|under the sea|under the ocean|ocean floor|sea floor|coral reef|reef|aquarium|deep sea|undersea',
  forest: 'forest|woods|woodland|grove|enchanted forest|trees',
  mountains: 'mountain|mountains|alps|peak|peaks|canyon|cliffs|cliff|fjord|mountainous|himalayas',
  snow: 'snow|snowy field|winter landscape|arctic|snowscape|tundra|ice|antarctica|winter wonderland|north pole|snowy',
  desert: 'desert|dunes|dune|sahara|sand dunes|oasis',
  city: 'city|town|cityscape|skyline|downtown|new york|tokyo|paris|london|urban|metropolis|village|rooftop',
  space:
    'space|outer space|galaxy|cosmos|universe|stars|mars|planets|nebula|on the moon|moon surface|orbit|cosmic',
  garden: 'garden|flower garden|flower field|backyard|botanical garden|orchard|greenhouse|flowerbed|vineyard',
  lake: 'lakeside|lakeshore|riverside|riverbank|wetland|swamp|marsh',
  road: 'roadside|race track|racetrack|sidewalk|crosswalk|railway|route 66',
  room: 'room|living room|indoor|indoors|interior|house interior|apartment|inside a house|hotel room|nursery',
  kitchen: 'kitchen|bakery|restaurant kitchen',
  lounge: 'lounge|lounge area|lobby|indoor lounge|indoor lounge area|spa|atrium|patio|veranda|poolside',
  clinic: 'clinic|hospital room|laboratory|lab|veterinary clinic|doctors office|examination room',
  table: 'table|wooden table|desk|countertop|counter|tabletop|dining table|wooden desk|picnic table|shelf',
  studio: 'studio|background|plain background|backdrop|isolated',
  stage: 'stage|theater|theatre|concert|circus ring|nightclub|disco',
  jungle: 'jungle|rainforest|tropical forest|tropical',
  sky: 'sky|clouds|in the air|heaven|above the clouds|in the clouds',
  library: 'library|bookstore|bookshop|study',
  park: 'park|playground|picnic|zoo',
  office: 'office|classroom|workshop',
  bedroom: 'bedroom|in bed',
  cafe: 'cafe|café|coffee shop|restaurant|diner|bar|tavern|bistro',
};

export const timeWords: Readonly<Record<DayTime, string>> = {
  day: 'day|daytime|noon|sunlit|sunny|daylight|bright day|sunshine|afternoon|sunlight|midday',
  dawn: 'dawn|sunrise|morning|early morning|daybreak',
  sunset: 'sunset|dusk|evening|golden hour|twilight|sundown',
  night:
    'night|midnight|nighttime|moonlit|starry|starry night|moonlight|at night|night time|night sky|nocturnal',
};

export const weatherWords: Readonly<Record<Weather, string>> = {
  rain: 'rain|rainy|raining|drizzle|puddles',
  snow: 'snowing|snowfall|snowstorm|blizzard|falling snow|snowflakes',
  fog: 'fog|foggy|mist|misty|haze|hazy',
  storm: 'storm|stormy|thunderstorm|lightning|thunder|hurricane',
  clouds: 'cloudy|overcast|clouded',
};

export const seasonWords: Readonly<Record<Season, string>> = {
  spring: 'spring|springtime|blossoming',
  summer: 'summer|summertime|summery',
  autumn: 'autumn|autumnal|fall season|in fall|fall foliage|fall colors',
  winter: 'winter|wintry|wintertime|frozen|snow covered|snow-covered|christmas|frosty|icy',
};

export const styleWords: Readonly<Record<Style, string>> = {
  watercolor: 'watercolor|watercolour|aquarelle|gouache|ink wash|watercolors',
  pixel: 'pixel art|pixel|8 bit|8-bit|16 bit|16-bit|pixelated|pixelart|pixels',
  line: 'line drawing|line art|ink|ink drawing|lineart|outline|coloring page|colouring page|etching|engraving|line-art|woodcut',
  pencil: 'pencil drawing|pencil sketch|sketch|charcoal|graphite|pencil|hand drawn sketch',
  neon: 'neon|cyberpunk|synthwave|vaporwave|glowing neon|neon lights|neon sign',
  mono: 'black and white|black-and-white|monochrome|grayscale|greyscale|noir',
  sepia: 'sepia|vintage photo|old photograph|vintage|antique|daguerreotype|retro photo',
  oil: 'oil painting|oil|impressionist|impressionism|van gogh|monet|acrylic|oil on canvas|painterly|renaissance|expressionist',
  storybook:
    'childrens book|children book|storybook|picture book|childrens illustration|story book|fairy tale|fairytale|childrens book drawing|kids book',
  photo:
    'photo|photograph|photorealistic|photo realistic|photo-realistic|realistic|hyperrealistic|cinematic|3d render|3d|dslr|studio photo|photography|ultra realistic|lifelike|render|4k|8k|claymation',
  comic: 'comic|comic book|pop art|cartoon|manga|anime|graphic novel|halftone|cel shaded|roy lichtenstein',
  pastel: 'pastel|pastels|pastel colors|soft colors|dreamy|kawaii',
  crayon: 'crayon|chalk|crayons|chalkboard|chalk drawing|child drawing|colored pencil|coloured pencil',
  blueprint: 'blueprint|technical drawing|schematic|cyanotype',
};

/** `reversed`: the later thing is the one that stands in the relation (`a pool containing a flamingo`). */
export const relationWords: readonly {
  readonly kind: RelationKind;
  readonly reversed?: boolean;
  readonly words: string;
}[] = [
  {
    kind: 'hug',
    words:
      'hugging|hugs|hug|hugged|cuddling|cuddles|cuddle|embracing|embraces|embrace|snuggling|snuggling with|cuddling with|kissing|holding hands with|dancing with',
  },
  { kind: 'wear', words: 'wearing|wears|wear|dressed in|dressed as|in a' },
  {
    kind: 'hold',
    words:
      'holding|holds|hold|carrying|carries|using|uses|playing|plays|playing the|eating|eats|drinking|drinks|reading|reads|waving|with|writing|painting a picture with|throwing|juggling|sipping|cooking|baking|brandishing|taking|selling|making|typing on|playing with',
  },
  {
    kind: 'ride',
    words: 'riding|rides|ride|driving|drives|sailing|piloting|flying a|surfing|riding on|on a',
  },
  {
    kind: 'on',
    words:
      'on|on top of|atop|upon|sitting on|standing on|lying on|resting on|sits on|perched on|sleeping on|onto|jumping on|balanced on',
  },
  { kind: 'in', words: 'in|inside|into|within|swimming in|floating in|sitting in|sleeping in' },
  { kind: 'in', reversed: true, words: 'containing|contains|filled with|full of|with inside|holding inside' },
  { kind: 'under', words: 'under|beneath|below|underneath|hiding under|sitting under|sleeping under' },
  {
    kind: 'over',
    words: 'over|above|flying over|jumping over|hovering over|floating above|flying above|soaring over',
  },
  {
    kind: 'beside',
    words:
      'next to|beside|near|by|alongside|along|besides|and|close to|facing|talking to|meeting|with a friend|versus|vs|playing chess with|against',
  },
  { kind: 'behind', words: 'behind|hiding behind|in back of' },
  { kind: 'behind', reversed: true, words: 'in front of|before|standing in front of|sitting in front of' },
  {
    kind: 'listen',
    words:
      'listening to|listen to|listens to|examining|examines|examine|checking|treating|feeding|petting|feeds|pets',
  },
  { kind: 'look', words: 'looking at|looks at|watching|watches|staring at|gazing at|admiring' },
  { kind: 'chase', words: 'chasing|chases|chase|following|follows|running after|hunting' },
];

export const colourWords: Readonly<Record<string, string>> = {
  red: '#dd3b3b',
  crimson: '#b8203a',
  scarlet: '#e02d1f',
  maroon: '#7a1f2e',
  pink: '#f58db4',
  magenta: '#d6308f',
  purple: '#8a4fc4',
  violet: '#8a5fd6',
  lilac: '#c3a2e4',
  blue: '#3f7fe0',
  navy: '#20335f',
  turquoise: '#35c4bd',
  teal: '#1f8f8c',
  cyan: '#36c5e6',
  green: '#4fa84a',
  lime: '#a5d93b',
  olive: '#7f8a3a',
  emerald: '#1f9d63',
  mint: '#9fe3c0',
  yellow: '#f6cf3b',
  golden: '#e6b23a',
  gold: '#e6b23a',
  orange: '#f38b2b',
  amber: '#f0a52b',
  peachy: '#fbc1a0',
  brown: '#8a5a3a',
  tan: '#cfa477',
  beige: '#e6d3b3',
  cream: '#f8ecd2',
  ivory: '#f7f0df',
  white: '#ffffff',
  gray: '#9399a3',
  grey: '#9399a3',
  silver: '#bcc3cc',
  black: '#35323c',
  ginger: '#e8924a',
  coral: '#f77f6a',
  salmon: '#f59a86',
  indigo: '#4a45a8',
  wooden: '#b57a48',
  copper: '#bf7648',
  bronze: '#a9743a',
  ruby: '#c4203f',
  sapphire: '#2a5bc4',
  lavenderish: '#c3a2e4',
  bluish: '#6f9fe0',
};

/** Adjectives that change how something is drawn. */
export const adjectiveWords =
  'tabby|siamese|striped|spotted|calico|tuxedo|baby|tiny|small|little|miniature|big|large|huge|giant|enormous|gigantic|cute|fluffy|sleeping|sleepy|happy|smiling|laughing|joyful|walking|running|floating|old|tall|corgi|husky|poodle|dalmatian|swimming|flying|jumping|dancing';

export const countWords: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  single: 1,
  two: 2,
  couple: 2,
  pair: 2,
  both: 2,
  three: 3,
  trio: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  dozen: 12,
  several: 4,
  few: 3,
  many: 8,
  some: 3,
  bunch: 5,
  group: 4,
  herd: 6,
  flock: 7,
  crowd: 8,
  family: 3,
  lots: 8,
  dozens: 12,
  field: 1,
};

export const signWords = {
  heartbeat: 'heartbeat|heart beat|pulse',
  hearts: 'love|lovingly|romantic|affection|valentine|in love|adorable couple',
  music: 'music|musical|song|singing|melody|sings',
  sparkles: 'magic|magical|sparkling|sparkle|glitter|glowing|shiny|enchanted|shining|sparkly|whimsical',
  sleep: 'asleep|sleeping|sleepy|napping|snoring|dreaming|nap',
} as const;

/** Words that carry no picture; they are neither drawn nor lettered. */
export const silentWords =
  'card greeting invitation flyer brochure wallpaper cover page sheet template mockup turn add put place change remove replace move swap insert keep give take let want need try help also another instead whole entire everything something anything nothing someone here back away again version versions variation photo-like lot lots kind type way side top bottom left right middle center part piece end start day-like size scale long short high low big-scale real true full half own main good best bad old-looking young happy-looking famous popular typical classic traditional modern futuristic fantasy epic dramatic magical-looking mysterious elegant luxury luxurious professional commercial advertising product editorial documentary the of to that this these those it its his her their our your my is are was were be being been as at from for or but not no so very really quite more most much draw drawing drawn image picture pictures pic illustration painting generate create make render paint please show shows showing art artwork style styled design scene view create give me i you we they he she who which what where when there here all items item reference references attached photo-realistic handwriting-like font text label labeled labelled labelling saying says reads titled title word words called named high quality resolution detailed detail beautiful nice lovely stunning amazing gorgeous perfect best new like look looks looking through across around while then also just only even up down out off can will should would could has have had do does did sunlit area serene peaceful calm cozy cosy listen using handwriting snaking its way sheet sprite 2d background foreground composition lighting light lit soft warm bright dark colors colours color colour colorful colourful vibrant full close closeup close-up shot portrait landscape wide angle version set into containing with without and between each other every own another any either per than too such some standing sitting lying minimalist minimal simple modern flat abstract vector logo icon sticker poster banner panorama tall';
