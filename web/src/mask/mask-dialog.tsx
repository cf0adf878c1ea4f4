import { Button, FileButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { type KeyboardEvent, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePanZoom } from '../common/use-pan-zoom.ts';
import { zoomByKey } from '../common/zoom-by-key.ts';
import { MaskCanvas } from './mask-canvas.tsx';
import classes from './mask-dialog.module.css';
import type { MaskPainterProps } from './mask-painter-props.ts';
import { encodeMask, type ReadMask } from './mask-png.ts';
import { MaskToolbar } from './mask-toolbar.tsx';
import { type MaskTool, maskTools, resizeBrush } from './mask-tools.ts';
import { useMask } from './use-mask.ts';

/** How large a small picture is shown at most. */
const mostFitted = 4;

/** The inside of the painter. */
export function MaskDialog({ image, mask: given, onSave, onClose }: MaskPainterProps) {
  const mask = useMask(image, given);
  const panZoom = usePanZoom({ key: image.url, width: image.width, height: image.height, mostFitted });
  const [tool, setTool] = useState<MaskTool>('brush');
  const usual = Math.max(4, Math.round(Math.max(image.width, image.height) / 16));
  const [diameter, setDiameter] = useState(usual);
  const [opacity, setOpacity] = useLocalStorage({
    key: 'pictor-mask-opacity',
    defaultValue: 0.6,
    getInitialValueInEffect: false,
  });
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<Error | null>(null);
  const { document, share } = mask;

  const save = async (): Promise<void> => {
    if (document === null) return;
    mask.markSaved();
    onSave(share === 0 ? null : await encodeMask(document.bitmap));
    onClose();
  };
  const importFile = (file: File | null): void => {
    if (file === null) return;
    setFailure(null);
    mask.importFile(file).then(
      (read) => setNote(tellImport(read)),
      () => setFailure(new Error('This file is no picture that the browser can read.')),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const chosen = isCommand ? undefined : maskTools.find((each) => each.key === key);
    if (chosen !== undefined) setTool(chosen.name);
    else if (key === '[') setDiameter(resizeBrush(diameter, -1));
    else if (key === ']') setDiameter(resizeBrush(diameter, 1));
    else if (isCommand && key === 'z') (event.shiftKey ? document?.redo : document?.undo)?.();
    else if (isCommand && key === 'y') document?.redo();
    else if (key === 'escape') onClose();
    else if (!zoomByKey(event, panZoom)) return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the dialog, wherever in it the focus is
    <div className={classes.screen} tabIndex={-1} onKeyDown={onKeyDown}>
      <MaskToolbar
        mask={mask}
        panZoom={panZoom}
        tool={tool}
        onTool={setTool}
        diameter={diameter}
        onDiameter={setDiameter}
        opacity={opacity}
        onOpacity={setOpacity}
      />
      <MaskCanvas
        image={image}
        mask={mask}
        panZoom={panZoom}
        tool={tool}
        diameter={diameter}
        opacity={opacity}
      />
      <footer className={classes.foot}>
        {(failure ?? mask.failure) !== null && (
          <ErrorNotice
            title="The mask could not be read"
            error={failure ?? mask.failure ?? new Error('Unknown')}
          />
        )}
        <div className={classes.words}>
          <p role="status">
            {note === '' ? '' : `${note} `}
            {tellShare(share)}
          </p>
          <p className={classes.soft}>
            Striped parts are changed, all others stay. Of an imported picture white parts are changed, or its
            transparent parts where it has some.
          </p>
          <p id="mask-keys" className={classes.keys}>
            Keys: arrows move the brush, Space or Enter paints, [ and ] change its size, Ctrl+Z undoes, + − 0
            1 zoom.
          </p>
        </div>
        <div className={classes.acts}>
          <FileButton onChange={importFile} accept="image/png,image/webp,image/jpeg">
            {(props) => (
              <Button {...props} variant="default">
                Import a mask…
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => void save()} disabled={document === null}>
            Use this mask
          </Button>
        </div>
      </footer>
    </div>
  );
}

function tellShare(share: number): string {
  if (share === 0) return 'Nothing is painted yet: paint over what is to be changed.';
  const percent = share * 100;
  return `${percent < 1 ? 'Less than 1' : Math.round(percent)} % of the picture is to be changed.`;
}

function tellImport({ by, wasScaled }: ReadMask): string {
  const what =
    by === 'white'
      ? 'Imported: its white parts are to be changed. If it means black, press Invert.'
      : 'Imported: its transparent parts are to be changed.';
  return wasScaled ? `${what} It had another size and was scaled to that of the picture.` : what;
}
