import type { Backdrop } from '../../compose/scene-plan.ts';
import type { Pen } from '../vector.ts';
import { type DrawPiece, drawFeatures } from './features.ts';
import { drawForest, drawJungle, drawMountains, drawSnow, drawWeather } from './heights.ts';
import type { Land, Layers } from './land.ts';
import { readLight } from './light.ts';
import { drawDesert, drawGarden, drawMeadow, drawPark, drawRoad } from './open-country.ts';
import { drawStudio, drawTable } from './plain.ts';
import { drawRoom } from './rooms.ts';
import { drawCity, drawCloudland, drawSpace, drawStage } from './town-and-sky.ts';
import { drawBeach, drawLake, drawSea, drawUnderwater } from './waters.ts';

/** The whole backdrop of a scene: what lies behind the figures, and what lies before them. */
export function drawBackdrop(
  pen: Pen,
  width: number,
  height: number,
  backdrop: Backdrop,
  drawPiece: DrawPiece,
): Layers {
  const land: Land = { pen, width, height, backdrop, light: readLight(backdrop) };
  const base = drawPlace(land);
  const features = drawFeatures(
    { ...land, pen: { ...pen, chance: pen.chance.branch('features') } },
    drawPiece,
  );
  return { back: base.back + features.back, front: features.front + base.front + drawWeather(land) };
}

function drawPlace(land: Land): Layers {
  switch (land.backdrop.place) {
    case 'meadow':
      return drawMeadow(land);
    case 'park':
      return drawPark(land);
    case 'garden':
      return drawGarden(land);
    case 'desert':
      return drawDesert(land);
    case 'road':
      return drawRoad(land);
    case 'mountains':
      return drawMountains(land);
    case 'snow':
      return drawSnow(land);
    case 'forest':
      return drawForest(land);
    case 'jungle':
      return drawJungle(land);
    case 'sea':
      return drawSea(land);
    case 'beach':
      return drawBeach(land);
    case 'underwater':
      return drawUnderwater(land);
    case 'lake':
      return drawLake(land);
    case 'city':
      return drawCity(land);
    case 'space':
      return drawSpace(land);
    case 'sky':
      return drawCloudland(land);
    case 'stage':
      return drawStage(land);
    case 'table':
      return drawTable(land);
    case 'studio':
      return drawStudio(land);
    case 'room':
    case 'kitchen':
    case 'lounge':
    case 'clinic':
    case 'library':
    case 'office':
    case 'bedroom':
    case 'cafe':
      return drawRoom(land);
  }
}
