/** Ratio → size, for one tier of a Gemini size table. */
type Tier = Readonly<Record<string, string>>;

/** The only tier of gemini-2.5-flash-image; it is called 1K here because its squares are 1024 pixels wide. */
export const tierOf25Flash: Tier = {
  '1:1': '1024x1024',
  '2:3': '832x1248',
  '3:2': '1248x832',
  '3:4': '864x1184',
  '4:3': '1184x864',
  '4:5': '896x1152',
  '5:4': '1152x896',
  '9:16': '768x1344',
  '16:9': '1344x768',
  '21:9': '1536x672',
};

const ten1K: Tier = {
  '1:1': '1024x1024',
  '2:3': '848x1264',
  '3:2': '1264x848',
  '3:4': '896x1200',
  '4:3': '1200x896',
  '4:5': '928x1152',
  '5:4': '1152x928',
  '9:16': '768x1376',
  '16:9': '1376x768',
  '21:9': '1584x672',
};

const ten2K: Tier = {
  '1:1': '2048x2048',
  '2:3': '1696x2528',
  '3:2': '2528x1696',
  '3:4': '1792x2400',
  '4:3': '2400x1792',
  '4:5': '1856x2304',
  '5:4': '2304x1856',
  '9:16': '1536x2752',
  '16:9': '2752x1536',
  '21:9': '3168x1344',
};

const ten4K: Tier = {
  '1:1': '4096x4096',
  '2:3': '3392x5056',
  '3:2': '5056x3392',
  '3:4': '3584x4800',
  '4:3': '4800x3584',
  '4:5': '3712x4608',
  '5:4': '4608x3712',
  '9:16': '3072x5504',
  '16:9': '5504x3072',
  '21:9': '6336x2688',
};

const fourteen512: Tier = {
  '1:1': '512x512',
  '2:3': '424x632',
  '3:2': '632x424',
  '3:4': '448x600',
  '4:3': '600x448',
  '4:5': '464x576',
  '5:4': '576x464',
  '9:16': '384x688',
  '16:9': '688x384',
  '21:9': '792x336',
  '1:4': '256x1024',
  '4:1': '1024x256',
  '1:8': '192x1536',
  '8:1': '1536x192',
};

const fourteen1K: Tier = {
  ...ten1K,
  '1:4': '512x2048',
  '4:1': '2048x512',
  '1:8': '384x3072',
  '8:1': '3072x384',
};

const fourteen2K: Tier = {
  ...ten2K,
  '1:4': '1024x4096',
  '4:1': '4096x1024',
  '1:8': '768x6144',
  '8:1': '6144x768',
};

const fourteen4K: Tier = {
  ...ten4K,
  '1:4': '2048x8192',
  '4:1': '8192x2048',
  '1:8': '1536x12288',
  '8:1': '12288x1536',
};

/** Ten ratios at 1K, 2K and 4K. */
export const tiersOf3Pro: Readonly<Record<string, Tier>> = { '1K': ten1K, '2K': ten2K, '4K': ten4K };

/** Fourteen ratios from 512 to 4K. */
export const tiersOf31Flash: Readonly<Record<string, Tier>> = {
  '512': fourteen512,
  '1K': fourteen1K,
  '2K': fourteen2K,
  '4K': fourteen4K,
};

/** Ten ratios at 1K. */
export const tiersOf31FlashLite: Readonly<Record<string, Tier>> = { '1K': ten1K };

/** Fourteen ratios at 1K, 2K and 4K; 512 is an error there. */
export const tiersOfNanoBanana21: Readonly<Record<string, Tier>> = {
  '1K': fourteen1K,
  '2K': fourteen2K,
  '4K': fourteen4K,
};
