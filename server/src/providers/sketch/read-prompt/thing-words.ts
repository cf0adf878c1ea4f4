import type { Realm } from './reading.ts';

/**
 * Words for things, by realm and size (a sitting cat is 1): `word|word=art`. Arts are `critter:`, `person:`, `made:`
 * or else the name of an icon. The first word is the plain one. Icons that are not listed keep their own names.
 */
export const thingWords: readonly { readonly realm: Realm; readonly size: number; readonly words: string }[] =
  [
    {
      realm: 'being',
      size: 1,
      words:
        'cat|kitty|feline|tomcat=critter:cat; dog|hound|pooch|doggo|corgi|husky|poodle|dalmatian|labrador|retriever=critter:dog; otter|sea otter|river otter=critter:otter; fox=critter:fox; raccoon=critter:raccoon; red panda=critter:redPanda; koala=critter:koala; monkey|chimp|ape=critter:monkey; beaver=critter:beaver; capybara=critter:capybara; skunk=critter:skunk; sheep|lamb|ewe=critter:sheep; goat=critter:goat; pig|piglet|hog=critter:pig; penguin=penguin; owl=owl; sloth=sloth; robot|android=made:robot; alien=alien; ghost=ghost; swan=swan; goose=goose; turkey=turkey; peacock=peacock; dodo=dodo; seal=seal',
    },
    {
      realm: 'being',
      size: 0.72,
      words:
        'kitten=critter:cat; puppy|pup=critter:dog; rabbit|bunny|hare=critter:rabbit; squirrel=critter:squirrel; chipmunk=chipmunk; hedgehog=critter:hedgehog; duck|duckling|mallard=duck; chicken|hen=rooster; rooster=rooster; chick=front-facing-baby-chick; bird|robin|sparrow=bird; parrot=parrot; pigeon|dove=dove; turtle|tortoise=turtle; frog|toad=frog; crab=crab; lobster=lobster; snake=snake; lizard=lizard; teddy bear|teddy=teddy-bear; doll=nesting-dolls; baby=baby',
    },
    {
      realm: 'being',
      size: 0.5,
      words:
        'mouse|rat=critter:mouse; hamster|guinea pig|gerbil=critter:hamster; snail=snail; beetle=beetle; ladybug|ladybird=lady-beetle; spider=spider; ant=ant; worm=worm',
    },
    {
      realm: 'being',
      size: 1.5,
      words:
        'bear|grizzly=critter:bear; polar bear=critter:polarBear; panda=critter:panda; tiger=critter:tiger; lion=critter:lion; leopard|cheetah|jaguar=critter:leopard; wolf=critter:wolf; deer|reindeer|stag|fawn=critter:deer; cow|bull|calf=critter:cow; flamingo=flamingo; donkey=donkey; llama|alpaca=llama; kangaroo=kangaroo; snowman=snowman; gorilla=gorilla; ostrich=goose',
    },
    {
      realm: 'being',
      size: 2,
      words:
        'horse|pony|stallion=horse; zebra=zebra; unicorn=unicorn; camel=camel; crocodile|alligator=crocodile; hippo|hippopotamus=hippopotamus; rhino|rhinoceros=rhinoceros; bison|buffalo=bison; elephant=elephant; giraffe=giraffe; dragon=dragon; dinosaur|t rex|trex|tyrannosaurus=t-rex; brontosaurus=sauropod; mammoth=mammoth',
    },
    {
      realm: 'being',
      size: 1.9,
      words:
        'person|human|someone|figure|character|people=person:person; man|gentleman|guy|father|dad=person:man; woman|lady|mother|mom=person:woman; boy=person:boy; girl=person:girl; child|kid|toddler=person:child; grandfather|grandpa|old man=person:grandfather; grandmother|grandma|old woman=person:grandmother; doctor|physician=person:doctor; veterinarian|vet=person:veterinarian; nurse=person:nurse; scientist|professor=person:scientist; chef|cook|baker=person:chef; farmer|gardener=person:farmer; teacher=person:teacher; artist|painter=person:artist; astronaut|cosmonaut=person:astronaut; pirate=person:pirate; wizard|magician|sorcerer=person:wizard; witch=person:witch; king=person:king; queen=person:queen; prince=person:prince; princess=person:princess; policeman|policewoman|police officer=person:police; firefighter|fireman=person:firefighter; builder|worker|engineer=person:builder; santa|santa claus=person:santa; ballerina|dancer=person:ballerina; superhero|hero=person:superhero; clown=person:clown; knight=person:knight; mermaid=man-merpeople; ninja=ninja; fairy=fairy; vampire=vampire; zombie=zombie',
    },
    {
      realm: 'water',
      size: 0.7,
      words:
        'fish|goldfish=fish; tropical fish|clownfish=tropical-fish; jellyfish=jellyfish; octopus=octopus; squid=squid; shrimp=shrimp; seahorse=tropical-fish; blowfish|pufferfish=blowfish',
    },
    {
      realm: 'water',
      size: 1.8,
      words:
        'whale=spouting-whale; dolphin=dolphin; shark=shark; boat|sailboat|yacht|sailing boat=sailboat; pirate ship|galleon|tall ship=sailboat; ship|cruise ship=ship; canoe|kayak=canoe; submarine=made:submarine; rubber duck|rubber ring=made:rubber-duck',
    },
    {
      realm: 'sky',
      size: 0.7,
      words:
        'butterfly|moth=butterfly; bee|honeybee|bumblebee=honeybee; dragonfly=butterfly; bat=bat; eagle|hawk|falcon=eagle; kite=kite; balloon=balloon; star=star; comet=comet; shooting star=shooting-star; seagull|gull=dove; firefly=glowing-star; snowflake=snowflake',
    },
    {
      realm: 'sky',
      size: 1.5,
      words:
        'airplane|plane|aeroplane|jet=airplane; helicopter=helicopter; hot air balloon|air balloon=made:air-balloon; rocket|spaceship|rocket ship|spacecraft=rocket; ufo|flying saucer=flying-saucer; satellite=satellite; planet|saturn=ringed-planet; earth|globe=globe-showing-europe-africa; moon|full moon=full-moon; crescent moon=crescent-moon; sun=sun; rainbow=rainbow; cloud=cloud; parachute=parachute; fireworks=fireworks; zeppelin|airship=made:air-balloon; drone=helicopter',
    },
    {
      realm: 'object',
      size: 1.7,
      words:
        'car|automobile=automobile; sports car|race car|racing car=racing-car; taxi|cab=taxi; truck|lorry=delivery-truck; bus=bus; van=minibus; tractor=tractor; motorcycle|motorbike=motorcycle; scooter|vespa=motor-scooter; bicycle|bike=bicycle; train|locomotive|steam train=locomotive; tram=tram-car; ambulance=ambulance; fire truck|fire engine=fire-engine; police car=police-car; couch|sofa=couch-and-lamp; bed=bed; piano|grand piano=made:piano; bathtub|bath=bathtub; tent=tent; campfire|bonfire|fire|fireplace=fire; telescope=telescope; bench=made:bench; christmas tree|xmas tree=christmas-tree; gift basket=made:gift-basket',
    },
    {
      realm: 'object',
      size: 0.9,
      words:
        'chair|armchair=chair; guitar=guitar; violin=violin; drum=drum; trumpet=trumpet; saxophone=saxophone; skateboard=skateboard; umbrella=umbrella; suitcase|luggage=luggage; backpack|bag=backpack; handbag|purse=handbag; basket=basket; box|cardboard box|package=package; gift|present=wrapped-gift; laptop=laptop; computer|desktop=desktop-computer; television|tv=television; telephone=telephone; typewriter=keyboard; surfboard=made:surfboard; sled|sleigh=sled; snowboard=snowboarder; treasure chest|chest=made:chest; potted plant|houseplant|plant=potted-plant; vase=amphora; mirror=mirror; clock=mantelpiece-clock; painting on the wall=framed-picture; window=window; door=door; fountain=fountain; bucket=bucket; anchor=anchor; bell=bell; lantern=red-paper-lantern; lamp=made:lamp; pumpkin=made:pumpkin; cauldron=made:cauldron; sword=dagger; shield=shield; trophy=trophy',
    },
    {
      realm: 'object',
      size: 0.5,
      words:
        'book=closed-book; books=books; open book=open-book; stethoscope=stethoscope; camera=camera; phone|smartphone|cellphone=mobile-phone; key=old-key; candle=candle; soap=soap; lotion|bottle|shampoo|perfume=lotion-bottle; ball=made:ball; branch|log|twig=wood; nest|bird nest=empty-nest; soccer ball|football=soccer-ball; basketball=basketball; tennis ball=tennis; yarn|ball of yarn|wool=yarn; feather|owl feather|bird feather|quill=made:feather; shell|seashell=spiral-shell; gem|diamond|jewel|crystal=gem-stone; ring=ring; watch=watch; letter|envelope=envelope; pencil=pencil; pen=pen; paintbrush|brush=paintbrush; palette=artist-palette; magnifying glass=magnifying-glass-tilted-left; magic wand|wand=magic-wand; crystal ball=crystal-ball; balloon dog=balloon; microphone=microphone; dice|die=game-die; ribbon|bow=ribbon; heart=red-heart; toy=teddy-bear; stone|rock|pebble=rock; leaf=maple-leaf; leaves=fallen-leaf; towel=made:towel; bath salts|salts|salt=made:jar; bath bomb=made:bath-bomb; newspaper=newspaper; map=world-map; hammer=hammer; scissors=scissors; light bulb|lightbulb|bulb=light-bulb; lollipop=lollipop; joystick=joystick; headphones on a desk=headphone; wrench=wrench; bone=bone; syringe=syringe; test tube=test-tube; potion=alembic; coin=coin; flag=triangular-flag; tooth=tooth; brain=brain; eye=eye; skull=skull',
    },
    {
      realm: 'food',
      size: 0.5,
      words:
        'mug|coffee mug|coffee cup|tea cup|teacup|cup|cup of coffee|cup of tea|mug of coffee=made:mug; coffee|espresso|latte|cappuccino|tea=made:mug; teapot|kettle=teapot; glass=glass-of-milk; milk=glass-of-milk; wine|glass of wine=wine-glass; beer=beer-mug; juice=cup-with-straw; cocktail=tropical-drink; apple=red-apple; green apple=green-apple; pear=pear; orange fruit|tangerine|oranges=tangerine; banana=banana; strawberry=strawberry; cherry|cherries=cherries; grapes|grape=grapes; watermelon=watermelon; lemon=lemon; pineapple=pineapple; peach=peach; mango=mango; avocado=avocado; tomato=tomato; carrot=carrot; corn=ear-of-corn; broccoli=broccoli; potato=potato; mushroom=mushroom; bread|loaf=bread; croissant=croissant; baguette=baguette-bread; cheese=cheese-wedge; egg=egg; pancake|pancakes=pancakes; pizza=pizza; burger|hamburger|cheeseburger=hamburger; fries=french-fries; hot dog|hotdog=hot-dog; taco=taco; sushi=sushi; ramen|noodles|noodle|soup=steaming-bowl; rice=cooked-rice; salad=green-salad; cake|birthday cake=birthday-cake; cupcake|muffin=cupcake; cookie|biscuit=cookie; donut|doughnut=doughnut; pie=pie; ice cream=soft-ice-cream; chocolate=chocolate-bar; candy|sweets=candy; honey=honey-pot; jam=made:jar; jar=made:jar; bowl=bowl-with-spoon; nuts=chestnut; popcorn=popcorn',
    },
    {
      realm: 'flower',
      size: 0.55,
      words:
        'flower|bloom|wildflower=blossom; rose=rose; tulip=tulip; sunflower=sunflower; daisy=blossom; lily|hibiscus=hibiscus; cherry blossom=cherry-blossom; bouquet=bouquet; lotus|lily pad|lilypad|water lily=lotus; lavender|hyacinth=hyacinth; cactus=cactus; grass=herb; clover=four-leaf-clover; seedling|sprout=seedling',
    },
    {
      realm: 'scenery',
      size: 3.2,
      words:
        'tree|oak|oak tree=deciduous-tree; pine|pine tree|fir|spruce|evergreen=evergreen-tree; palm|palm tree=palm-tree; house|cottage|home=house; cabin|hut|log cabin=hut; castle|palace=castle; church=church; lighthouse=made:lighthouse; windmill=made:windmill; barn=house-with-garden; tower=tokyo-tower; skyscraper|building=office-building; school=school; hospital=hospital; temple|pagoda=shinto-shrine; eiffel tower=tokyo-tower; statue=statue-of-liberty; volcano=volcano; ferris wheel=ferris-wheel; carousel=carousel-horse; stadium=stadium; factory=factory; circus=circus-tent; treehouse=house; bridge=made:bridge',
    },
    {
      realm: 'feature',
      size: 2,
      words:
        'river|stream|creek|brook=made:river; pool|swimming pool|hot tub=made:pool; lake|pond=made:lake; road|street|path|trail|highway=made:road; waterfall=made:waterfall',
    },
    {
      realm: 'head',
      size: 0.3,
      words:
        'top hat=made:top-hat; hat|fedora|bowler hat=made:bowler-hat; wizard hat|witch hat|pointed hat=made:wizard-hat; party hat=made:party-hat; santa hat|christmas hat=made:santa-hat; beret=made:beret; chef hat|chefs hat|toque=made:chef-hat; straw hat|sun hat=made:straw-hat; pirate hat=made:pirate-hat; cowboy hat=made:cowboy-hat; cap|baseball cap=made:cap; beanie|woolly hat|knit hat=made:beanie; crown|tiara=crown; graduation cap|mortarboard=graduation-cap; helmet|hard hat=rescue-workers-helmet; space helmet=made:helmet; headphones|headphone=headphone; flower crown=made:flower-crown; halo=made:halo',
    },
    {
      realm: 'neck',
      size: 0.3,
      words:
        'scarf|shawl=made:scarf; bow tie|bowtie=made:bow-tie; necktie|tie=made:tie; necklace|pearls=made:necklace; collar=made:collar; medal=made:medal; cape|cloak=made:cape; sweater|jumper|shirt|t shirt|tshirt|jacket|coat|dress|suit|hoodie=made:sweater; bandana=made:scarf',
    },
    {
      realm: 'eyes',
      size: 0.2,
      words:
        'sunglasses|shades=sunglasses; glasses|spectacles|eyeglasses=glasses; goggles=goggles; eye patch|eyepatch=made:eye-patch; monocle=made:monocle',
    },
  ];
