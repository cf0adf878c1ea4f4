import { Modal, SegmentedControl, Slider, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, useEffect, useId, useRef, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { type Difference, writeDifference } from './difference.ts';
import classes from './difference-view.module.css';
import type { PaneImage } from './zoom-pane.tsx';

export type DiffChoice = {
  /** Keys of the sides, two at most. */
  readonly chosen: readonly string[];
  readonly choose: (key: string, isChosen: boolean) => void;
  readonly clear: () => void;
};

export type Side = { readonly key: string; readonly name: string; readonly image: PaneImage };

type DifferenceViewProps = {
  readonly diff: DiffChoice;
  /** All that can be chosen. */
  readonly sides: readonly Side[];
};

/** Two chosen pictures over each other: their difference, one beside the other, or in turn. */
export function DifferenceView({ diff, sides }: DifferenceViewProps) {
  const [one, other] = diff.chosen.map((key) => sides.find((side) => side.key === key));
  if (one === undefined || other === undefined) return null;
  return (
    <Modal
      opened
      onClose={diff.clear}
      size="min(70rem, 96vw)"
      title={`Difference of ${one.name} and ${other.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }}
    >
      <Views one={one} other={other} />
    </Modal>
  );
}

type Mode = 'difference' | 'slider' | 'blink';
type Pair = { readonly one: Side; readonly other: Side };

const modes = [
  { value: 'difference', label: 'Difference' },
  { value: 'slider', label: 'Slider' },
  { value: 'blink', label: 'Blink' },
] as const;

function Views({ one, other }: Pair) {
  const [mode, setMode] = useState<Mode>('difference');
  const isOtherSize = one.image.width !== other.image.width || one.image.height !== other.image.height;
  return (
    <div className={classes.views}>
      <SegmentedControl
        aria-label="How they are compared"
        size="xs"
        data={modes.map((each) => ({ ...each }))}
        value={mode}
        onChange={(value) => setMode(modes.find((each) => each.value === value)?.value ?? 'difference')}
      />
      {mode === 'difference' && <DifferenceCanvas one={one} other={other} />}
      {mode === 'slider' && <SlideOver one={one} other={other} />}
      {mode === 'blink' && <Blink one={one} other={other} />}
      {isOtherSize && (
        <p className={classes.note}>
          Their sizes differ: {other.name} is drawn at the size of {one.name}, {one.image.width} ×{' '}
          {one.image.height}.
        </p>
      )}
    </div>
  );
}

const gains = [1, 4, 16] as const;

function DifferenceCanvas({ one, other }: Pair) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [gain, setGain] = useState<number>(1);
  const [told, setTold] = useState<Difference | null>(null);
  const { width, height } = one.image;
  const { data, error } = useQuery({
    queryKey: ['pixels', one.image.id, other.image.id],
    queryFn: () =>
      Promise.all([readPixels(one.image, width, height), readPixels(other.image, width, height)]),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (data === undefined || context == null) return;
    const target = context.createImageData(width, height);
    setTold(writeDifference(data[0], data[1], target.data, gain));
    context.putImageData(target, 0, 0);
  }, [data, gain, width, height]);
  if (error !== null) return <ErrorNotice title="Their pixels could not be read" error={error} />;
  return (
    <>
      <canvas
        ref={ref}
        width={width}
        height={height}
        className={classes.canvas}
        role="img"
        aria-label={`Absolute difference of ${one.name} and ${other.name}`}
        data-ready={told !== null}
      />
      <div className={classes.foot}>
        <p role="status" className={classes.note}>
          {told === null
            ? 'Comparing their pixels…'
            : told.changed === 0
              ? 'No pixel differs.'
              : `${(told.changed * 100).toFixed(told.changed < 0.01 ? 2 : 1)} % of the pixels differ, by ${told.mean.toFixed(1)} of 255 on average of all.`}
        </p>
        <SegmentedControl
          aria-label="How much differences are brightened"
          size="xs"
          data={gains.map((each) => ({ value: String(each), label: `× ${each}` }))}
          value={String(gain)}
          onChange={(value) => setGain(Number(value))}
        />
      </div>
    </>
  );
}

async function readPixels(image: PaneImage, width: number, height: number): Promise<Uint8ClampedArray> {
  const picture = new Image();
  picture.src = image.url;
  await picture.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no canvas to draw on.');
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

function SlideOver({ one, other }: Pair) {
  const [share, setShare] = useState(50);
  const style = { '--share': `${share}%`, aspectRatio: one.image.width / one.image.height } as CSSProperties;
  return (
    <>
      <div className={classes.over} style={style}>
        <img src={one.image.url} alt={one.name} />
        <img src={other.image.url} alt={other.name} className={classes.cut} />
        <span className={classes.edge} />
      </div>
      <div className={classes.foot}>
        <span className={classes.note}>{one.name}</span>
        <Slider
          className={classes.slider ?? ''}
          thumbLabel={`How much is seen of ${one.name}`}
          label={null}
          value={share}
          onChange={setShare}
        />
        <span className={classes.note}>{other.name}</span>
      </div>
    </>
  );
}

const blinkMs = 700;

function Blink({ one, other }: Pair) {
  const [isOther, setOther] = useState(false);
  const [isBlinking, setBlinking] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const id = useId();
  useEffect(() => {
    if (!isBlinking) return;
    const timer = setInterval(() => setOther((now) => !now), blinkMs);
    return () => clearInterval(timer);
  }, [isBlinking]);
  const style = { aspectRatio: one.image.width / one.image.height };
  return (
    <>
      <div className={classes.over} style={style}>
        <img src={one.image.url} alt={one.name} hidden={isOther} />
        <img src={other.image.url} alt={other.name} hidden={!isOther} />
      </div>
      <div className={classes.foot}>
        <span id={id} className={classes.note}>
          Shown
        </span>
        <SegmentedControl
          aria-labelledby={id}
          size="xs"
          data={[
            { value: 'one', label: one.name },
            { value: 'other', label: other.name },
          ]}
          value={isOther ? 'other' : 'one'}
          onChange={(value) => {
            setBlinking(false);
            setOther(value === 'other');
          }}
        />
        <Switch
          size="xs"
          label="Change by itself"
          checked={isBlinking}
          onChange={(event) => setBlinking(event.currentTarget.checked)}
        />
      </div>
    </>
  );
}
