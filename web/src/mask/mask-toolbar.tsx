import { Slider } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconContrast,
  IconMaximize,
  IconMinus,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { ToolButton } from '../common/tool-button.tsx';
import type { PanZoom } from '../common/use-pan-zoom.ts';
import classes from './mask-toolbar.module.css';
import { brushRange, type MaskTool, maskTools } from './mask-tools.ts';
import type { Mask } from './use-mask.ts';

type MaskToolbarProps = {
  readonly mask: Mask;
  readonly panZoom: PanZoom;
  readonly tool: MaskTool;
  readonly onTool: (tool: MaskTool) => void;
  readonly diameter: number;
  readonly onDiameter: (diameter: number) => void;
  /** 0 to 1. */
  readonly opacity: number;
  readonly onOpacity: (opacity: number) => void;
};

/** What the mask painter can do. */
export function MaskToolbar(props: MaskToolbarProps) {
  const { mask, panZoom, tool, onTool } = props;
  const { document } = mask;
  return (
    <header className={classes.bar}>
      <h2 className={classes.title}>Paint what is to be changed</h2>
      <div className={classes.group}>
        {maskTools.map(({ name, label, key, icon: Icon }) => (
          <ToolButton
            key={name}
            label={label}
            hint={key.toUpperCase()}
            isPressed={tool === name}
            onClick={() => onTool(name)}
          >
            <Icon size={18} stroke={1.7} />
          </ToolButton>
        ))}
      </div>
      <Sliders {...props} />
      <div className={classes.group}>
        <ToolButton label="Undo" hint="Ctrl+Z" isOff={!mask.canUndo} onClick={() => document?.undo()}>
          <IconArrowBackUp size={18} stroke={1.7} />
        </ToolButton>
        <ToolButton label="Redo" hint="Ctrl+Shift+Z" isOff={!mask.canRedo} onClick={() => document?.redo()}>
          <IconArrowForwardUp size={18} stroke={1.7} />
        </ToolButton>
        <ToolButton label="Invert" onClick={() => document?.add({ kind: 'invert' })}>
          <IconContrast size={18} stroke={1.7} />
        </ToolButton>
        <ToolButton label="Clear" isOff={mask.share === 0} onClick={() => document?.add({ kind: 'clear' })}>
          <IconTrash size={18} stroke={1.7} />
        </ToolButton>
      </div>
      <div className={classes.group}>
        <ToolButton label="Zoom out" onClick={() => panZoom.zoomBy(0.8)}>
          <IconMinus size={18} stroke={1.7} />
        </ToolButton>
        <span className={classes.percent}>{Math.round((panZoom.view?.scale ?? 1) * 100)} %</span>
        <ToolButton label="Zoom in" onClick={() => panZoom.zoomBy(1.25)}>
          <IconPlus size={18} stroke={1.7} />
        </ToolButton>
        <ToolButton label="Show all of it" onClick={panZoom.showAll}>
          <IconMaximize size={18} stroke={1.7} />
        </ToolButton>
      </div>
    </header>
  );
}

function Sliders({ diameter, onDiameter, opacity, onOpacity }: MaskToolbarProps) {
  return (
    <div className={classes.sliders}>
      <span>Size</span>
      <Slider
        className={classes.slider ?? ''}
        size="sm"
        {...brushRange}
        // Small brushes need finer steps than large ones.
        scale={(value) => value}
        value={diameter}
        onChange={onDiameter}
        label={(value) => `${value} pixels`}
        thumbLabel="Size of the brush in pixels"
      />
      <span>Overlay</span>
      <Slider
        className={classes.slider ?? ''}
        size="sm"
        min={0.1}
        max={1}
        step={0.05}
        value={opacity}
        onChange={onOpacity}
        label={(value) => `${Math.round(value * 100)} %`}
        thumbLabel="Opacity of the overlay"
      />
    </div>
  );
}
